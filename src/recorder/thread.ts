import { randomUUID } from 'node:crypto';
import type { RolloutStatus } from '../model/execution.js';
import { childPath } from './agent-path.js';
import { nowhere } from './bundle-writer.js';
import { guarded } from './guarded.js';
import type { Lazy } from './lazy.js';
import { textIn } from './readable-value.js';
import type { Rollout } from './rollout.js';
import { disabledTurn, startTurn, type TurnRecorder } from './turn.js';

/** What a thread says of itself. */
export interface ThreadOptions {
  /** A UUID; one is made where it is left out. */
  readonly threadId?: string | undefined;
  readonly nickname?: string | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly cwd?: string | undefined;
}

export interface ChildOptions extends ThreadOptions {
  /** The last part of the agent's path: `a` to `z`, digits and `_`. Others become `_`. */
  readonly taskName: string;
  readonly role?: string | undefined;
}

/** One agent of a session. */
export interface ThreadRecorder {
  readonly threadId: string;
  /** `/root`, or `/root/<task>` of a child, and so on. */
  readonly agentPath: string;
  /** Without an id the turn gets a UUID. */
  startTurn(turnId?: string): TurnRecorder;
  /** An agent that this one spawned. It is recorded in the same bundle. */
  startChild(options: ChildOptions): ThreadRecorder;
  /** Something that the host tells its user: a breadcrumb for whoever looks into the bundle. */
  protocolEvent(type: string, event: Lazy<unknown>): void;
  ended(status?: RolloutStatus): void;
  /** The thread goes on behind its end. Only schema 2 can say so. */
  resumed(): void;
}

/** Nothing is recorded, and every call is accepted. */
export const disabledThread = (threadId: string, agentPath: string): ThreadRecorder => ({
  threadId,
  agentPath,
  startTurn: () => disabledTurn,
  startChild(options) {
    try {
      const { threadId: child = randomUUID(), taskName } = options;
      return disabledThread(child, childPath(agentPath, taskName));
    } catch {
      return disabledThread(randomUUID(), childPath(agentPath, ''));
    }
  },
  protocolEvent() {},
  ended() {},
  resumed() {},
});

/** Who a thread is, and where its session comes from. */
export interface ThreadIdentity extends Omit<ThreadOptions, 'threadId'> {
  readonly threadId: string;
  readonly agentPath: string;
  readonly taskName?: string | undefined;
  readonly role?: string | undefined;
  readonly source: unknown;
  /** 0 for the root. */
  readonly depth: number;
}

export const startThread = (rollout: Rollout, identity: ThreadIdentity): ThreadRecorder => {
  const { recording } = rollout;
  const { threadId, agentPath } = identity;
  const isRecorded =
    recording.take('thread', threadId) &&
    recording.eventWith(
      nowhere,
      'session_metadata',
      () => metadataOf(identity),
      (metadata_payload) => ({
        type: 'thread_started',
        thread_id: threadId,
        agent_path: agentPath,
        metadata_payload,
      }),
    );
  const disabled = disabledThread(threadId, agentPath);
  if (!isRecorded) return disabled;
  rollout.opened(threadId);
  return guarded(recording, new RecordedThread(rollout, identity), disabled);
};

const metadataOf = ({ threadId, agentPath, provider, source, ...identity }: ThreadIdentity) => ({
  thread_id: threadId,
  agent_path: agentPath,
  task_name: said('taskName', identity.taskName),
  nickname: said('nickname', identity.nickname),
  agent_role: said('role', identity.role),
  session_source: source,
  cwd: said('cwd', identity.cwd),
  model: said('model', identity.model),
  provider_name: said('provider', provider),
});

const said = (field: string, value: string | undefined): string | null =>
  value === undefined || value === null ? null : textIn(field, value);

class RecordedThread implements ThreadRecorder {
  readonly threadId: string;
  readonly agentPath: string;
  readonly #rollout: Rollout;
  readonly #identity: ThreadIdentity;
  #hasEnded = false;

  constructor(rollout: Rollout, identity: ThreadIdentity) {
    this.threadId = identity.threadId;
    this.agentPath = identity.agentPath;
    this.#rollout = rollout;
    this.#identity = identity;
  }

  startTurn(turnId = randomUUID()): TurnRecorder {
    const place = { thread_id: this.threadId, codex_turn_id: turnId };
    return startTurn(this.#rollout.recording, place, this.agentPath);
  }

  startChild({ threadId = randomUUID(), taskName, role, ...options }: ChildOptions): ThreadRecorder {
    const depth = this.#identity.depth + 1;
    const agentPath = childPath(this.agentPath, taskName);
    const spawn = {
      parent_thread_id: this.threadId,
      depth,
      agent_path: agentPath,
      agent_nickname: options.nickname ?? null,
      agent_role: role ?? null,
    };
    const source = { subagent: { thread_spawn: spawn } };
    const { model, provider, cwd } = this.#identity;
    const inherited = { model, provider, cwd };
    const identity = { ...inherited, ...options, threadId, agentPath, taskName, role, source, depth };
    return startThread(this.#rollout, identity);
  }

  protocolEvent(type: string, event: Lazy<unknown>): void {
    this.#rollout.recording.eventOf(nowhere, 'protocol_event', event, (event_payload) => ({
      type: 'protocol_event_observed',
      event_type: type,
      event_payload,
    }));
  }

  ended(status: RolloutStatus = 'completed'): void {
    if (this.#hasEnded) return;
    const { recording } = this.#rollout;
    const isRecorded = recording.event(nowhere, () => ({
      type: 'thread_ended',
      thread_id: this.threadId,
      status,
    }));
    if (!isRecorded) return;
    this.#hasEnded = true;
    this.#rollout.ended(this.threadId, status);
  }

  resumed(): void {
    if (!this.#hasEnded || this.#rollout.recording.schema === 1) return;
    const { recording } = this.#rollout;
    const isRecorded = recording.event(nowhere, () => ({ type: 'thread_resumed', thread_id: this.threadId }));
    if (!isRecorded) return;
    this.#hasEnded = false;
    recording.hasResumed(this.threadId);
    this.#rollout.opened(this.threadId);
  }
}
