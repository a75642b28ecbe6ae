import type { ExecutionStatus } from '../model/execution.js';
import type { RawPayloadRef } from '../model/payload-ref.js';
import type { RawEventBodyOf } from '../model/raw-event.js';
import type { ToolCallKind } from '../model/tool-kind.js';
import { nowhere, type TurnPlace } from './bundle-writer.js';
import { parseThreadId } from '../payloads/thread-id.js';
import { guarded } from './guarded.js';
import { valueOf, type Lazy } from './lazy.js';
import { valueIn } from './readable-value.js';
import type { Recording } from './recording.js';
import {
  agentReport,
  commandEndReport,
  commandReport,
  processOf,
  reportsFreely,
  type CommandEnd,
  type CommandStart,
  type ReachedAgent,
} from './runtime-reports.js';
import { invocationOf, namedInvocation, type ToolCall } from './tool-invocation.js';
import { messageOf } from './warnings.js';

/** How a tool ended: completed where nothing else is said. */
export interface ToolEnd<Output> {
  readonly status?: Exclude<ExecutionStatus, 'running'> | undefined;
  /** What whoever called gets: an item for the model, any value for a code cell. */
  readonly output?: Lazy<Output> | undefined;
}

/** One call of a tool. Each method counts once, the first time. */
export interface ToolRecorder<Output> {
  /** What `stdinTarget` of another tool names; null where the call is not recorded. */
  readonly id: string | null;
  /** The id under which an MCP client sends the call. */
  mcpCall(id: string): void;
  /** For a write to a terminal: the call that started the command, of any thread. Only schema 2 can say so. */
  stdinTarget(command: { readonly id: string | null }): void;
  /** A command runs, and the graph has a terminal operation. Not for writes to a terminal and tools between agents. */
  commandStarted(command: CommandStart): void;
  commandEnded(end: Lazy<CommandEnd>): void;
  /** What the runtime says of any other tool, in any form. */
  runtimeStarted(report: Lazy<object>): void;
  runtimeEnded(report: Lazy<object>, status?: ExecutionStatus): void;
  /** For the tools between agents, in the place of `runtimeEnded`: the agent was spawned, reached or closed. */
  agentReached(agent: ReachedAgent): void;
  ended(end?: ToolEnd<Output>): void;
  /** The tool failed, and whoever called gets an error. */
  failed(error: unknown): void;
}

export const disabledTool: ToolRecorder<unknown> = {
  id: null,
  mcpCall() {},
  stdinTarget() {},
  commandStarted() {},
  commandEnded() {},
  runtimeStarted() {},
  runtimeEnded() {},
  agentReached() {},
  ended() {},
  failed() {},
};

/** Who asks for a tool, under the names of the event. */
export type ToolOrigin = Pick<
  RawEventBodyOf<'tool_call_started'>,
  'tool_call_id' | 'model_visible_call_id' | 'code_mode_runtime_tool_id' | 'requester'
>;

export const startTool = (
  recording: Recording,
  place: TurnPlace,
  origin: ToolOrigin,
  call: ToolCall,
): ToolRecorder<unknown> => {
  if (!recording.take('tool call', origin.tool_call_id)) return disabledTool;
  const made = recording.made('tool_invocation', () =>
    invocationOf(call, (terminal) => recording.mayUseTerminal(terminal, place.thread_id)),
  );
  const { kind, summary, payload } = made ?? namedInvocation(call);
  const body = (invocation_payload: RawPayloadRef | null) =>
    ({ type: 'tool_call_started', ...origin, kind, summary, invocation_payload }) as const;
  const isRecorded =
    payload === null
      ? recording.event(place, () => body(null))
      : recording.eventWith(place, 'tool_invocation', payload, body);
  return isRecorded
    ? guarded(recording, new RecordedTool(recording, place, origin, kind), disabledTool)
    : disabledTool;
};

type Step = 'mcp call' | 'stdin target' | 'runtime start' | 'runtime end' | 'end';

class RecordedTool implements ToolRecorder<unknown> {
  readonly id: string;
  readonly #recording: Recording;
  readonly #place: TurnPlace;
  readonly #origin: ToolOrigin;
  readonly #kind: ToolCallKind;
  readonly #done = new Set<Step>();
  #command: CommandStart | null = null;

  constructor(recording: Recording, place: TurnPlace, origin: ToolOrigin, kind: ToolCallKind) {
    this.id = origin.tool_call_id;
    this.#recording = recording;
    this.#place = place;
    this.#origin = origin;
    this.#kind = kind;
  }

  mcpCall(id: string): void {
    if (!this.#isFirst('mcp call')) return;
    this.#recording.event(nowhere, () => ({
      type: 'mcp_tool_call_correlation_assigned',
      tool_call_id: this.id,
      mcp_call_id: id,
    }));
  }

  stdinTarget({ id }: { readonly id: string | null }): void {
    if (id === null || this.#recording.schema === 1) return;
    if (this.#kind.type !== 'write_stdin') return this.#leaveOut('stdinTarget');
    if (!this.#recording.hasTaken('tool call', id)) {
      return this.#recording.leftOut(`stdinTarget of ${this.id} names a call that is not recorded: ${id}`);
    }
    if (!this.#isFirst('stdin target')) return;
    this.#recording.event(this.#place, () => ({
      type: 'stdin_target_resolved',
      tool_call_id: this.id,
      exec_tool_call_id: id,
    }));
  }

  commandStarted(command: CommandStart): void {
    if (this.#kind.type !== 'exec_command' && !reportsFreely(this.#kind)) {
      return this.#leaveOut('commandStarted');
    }
    if (this.#done.has('runtime start')) return;
    const start = this.#recording.made('tool_runtime_event', () => this.#readable(command));
    if (start === null) return;
    if (this.#starts(() => commandReport(this.#ids, start), { type: 'exec_command' })) this.#command = start;
  }

  commandEnded(end: Lazy<CommandEnd>): void {
    const command = this.#command;
    if (command === null) return;
    const made = this.#recording.made('tool_runtime_event', () => valueOf(end));
    if (made === null) return;
    const report = commandEndReport(this.#ids, command, made);
    this.#ends(report, made.exitCode === 0 ? 'completed' : 'failed');
  }

  runtimeStarted(report: Lazy<object>): void {
    if (reportsFreely(this.#kind)) this.#starts(report, this.#kind);
    else this.#leaveOut('runtimeStarted');
  }

  runtimeEnded(report: Lazy<object>, status: ExecutionStatus = 'completed'): void {
    if (reportsFreely(this.#kind) && this.#command === null) this.#ends(report, status);
    else this.#leaveOut('runtimeEnded');
  }

  agentReached(agent: ReachedAgent): void {
    if (this.#done.has('runtime end')) return;
    const report = agentReport(this.id, this.#kind, this.#place.thread_id, agent);
    if (report === null) return this.#leaveOut('agentReached');
    const spawned = this.#kind.type === 'spawn_agent' ? parseThreadId(agent.threadId) : undefined;
    // An agent is spawned once.
    if (spawned === undefined || this.#recording.take('spawn of', spawned)) this.#ends(report, 'completed');
  }

  ended({ status = 'completed', output }: ToolEnd<unknown> = {}): void {
    const result =
      this.#origin.requester.type === 'model'
        ? () => ({ type: 'direct_response', response_item: valueIn('output', valueOf(output)) })
        : () => ({ type: 'code_mode_response', value: valueIn('output', valueOf(output)) });
    this.#end(status, output === undefined ? null : result);
  }

  failed(error: unknown): void {
    this.#end('failed', { type: 'error', error: messageOf(error) });
  }

  #end(status: ExecutionStatus, result: Lazy<object> | null): void {
    if (!this.#isFirst('end')) return;
    const body = (result_payload: RawPayloadRef | null) =>
      ({ type: 'tool_call_ended', tool_call_id: this.id, status, result_payload }) as const;
    if (result === null) this.#recording.event(this.#place, () => body(null));
    else this.#recording.eventWith(this.#place, 'tool_result', result, body);
  }

  /** Without its process where that is the terminal of another agent, and readers would refuse it. */
  #readable(command: CommandStart): CommandStart {
    const terminal = processOf(command);
    if (terminal === null || this.#recording.mayUseTerminal(terminal, this.#place.thread_id)) return command;
    return { ...command, processId: null };
  }

  #starts(report: Lazy<object>, kind: ToolCallKind): boolean {
    if (!this.#isFirst('runtime start')) return false;
    const { schema } = this.#recording;
    return this.#recording.eventOf(this.#place, 'tool_runtime_event', report, (runtime_payload) => ({
      type: 'tool_call_runtime_started',
      tool_call_id: this.id,
      ...(schema === 2 && { kind }),
      runtime_payload,
    }));
  }

  #ends(report: Lazy<object>, status: ExecutionStatus): void {
    if (!this.#isFirst('runtime end')) return;
    this.#recording.eventOf(this.#place, 'tool_runtime_event', report, (runtime_payload) => ({
      type: 'tool_call_runtime_ended',
      tool_call_id: this.id,
      status,
      runtime_payload,
    }));
  }

  /** Readers read what is reported of some kinds of tools, and refuse what they cannot read. */
  #leaveOut(
    method: 'stdinTarget' | 'commandStarted' | 'runtimeStarted' | 'runtimeEnded' | 'agentReached',
  ): void {
    const hint = method === 'agentReached' ? ', or its agents have no UUIDs' : '';
    this.#recording.leftOut(`${method} is not for tools of the kind ${this.#kind.type}${hint}: ${this.id}`);
  }

  get #ids() {
    return { callId: this.id, turnId: this.#place.codex_turn_id };
  }

  #isFirst(step: Step): boolean {
    const isFirst = !this.#done.has(step);
    this.#done.add(step);
    return isFirst;
  }
}
