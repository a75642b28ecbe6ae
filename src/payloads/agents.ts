import * as z from 'zod/mini';
import type { PayloadBody } from '../bundle/payload.js';
import { isRecord } from '../json/access.js';
import type { ThreadId } from '../model/ids.js';
import type { ToolCallKind } from '../model/tool-kind.js';
import { i64, optional } from '../model/wire.js';
import { parseThreadId } from './thread-id.js';
import { readTyped, type Typed } from '../serde/typed.js';

const threadId = z.pipe(
  z.string(),
  z.transform((text: string, { issues }): ThreadId => {
    const id = parseThreadId(text);
    if (id !== undefined) return id;
    issues.push({ code: 'custom', message: 'expected a UUID', input: text });
    return z.NEVER;
  }),
);

/** Where an agent stands: the root, its descendants, or the one agent outside of the tree. */
const AGENT_PATH = /^(?:\/morpheus|\/root(?:\/(?!root(?:\/|$))[a-z0-9_]+)*)$/;
export const isAgentPath = (text: string): boolean => AGENT_PATH.test(text);
const agentPath = z.string().check(z.refine(isAgentPath, 'expected an agent path, /root/… or /morpheus'));

/** The state of an agent: a bare word, or one with a text. */
const agentStatus = z.union([
  z.enum(['pending_init', 'running', 'interrupted', 'shutdown', 'not_found']),
  z.strictObject({ completed: z.nullable(z.string()) }),
  z.strictObject({ errored: z.string() }),
]);

/** May be left out, but not null. */
const time = z.optional(i64);

const spawnEndSchema = z.object({
  call_id: z.string(),
  completed_at_ms: time,
  sender_thread_id: threadId,
  new_thread_id: optional(threadId),
  new_agent_nickname: optional(z.string()),
  new_agent_role: optional(z.string()),
  prompt: z.string(),
  model: z.string(),
  /** Any word, but a word. */
  reasoning_effort: z.string().check(z.minLength(1, 'must not be empty')),
  status: agentStatus,
});
const closeBeginSchema = z.object({
  call_id: z.string(),
  started_at_ms: time,
  sender_thread_id: threadId,
  receiver_thread_id: threadId,
});
const messageBeginSchema = z.extend(closeBeginSchema, { prompt: z.string() });
/** An end says when it ended, not when it began. */
const closeEndSchema = z.object({
  call_id: z.string(),
  completed_at_ms: time,
  sender_thread_id: threadId,
  receiver_thread_id: threadId,
  receiver_agent_nickname: optional(z.string()),
  receiver_agent_role: optional(z.string()),
  status: agentStatus,
});
const messageEndSchema = z.extend(closeEndSchema, { prompt: z.string() });

const activityKinds = ['started', 'interacted', 'interrupted', 'completed'] as const;
const activitySchema = z.object({
  event_id: z.string(),
  agent_thread_id: threadId,
  agent_path: agentPath,
  kind: z.enum(activityKinds),
  occurred_at_ms: time,
});

/** What a runtime report of a tool says about other agents. */
export type AgentReport =
  | {
      readonly type: 'spawned';
      readonly sender: ThreadId | null;
      readonly child: ThreadId;
      readonly message: string | null;
    }
  | {
      readonly type: 'messaged';
      readonly receiver: ThreadId;
      readonly message: string | null;
    }
  | { readonly type: 'closed'; readonly receiver: ThreadId }
  /** The report is fine and says nothing that makes an edge. */
  | { readonly type: 'nothing' }
  /** The report does not fit the tool. */
  | { readonly type: 'mismatch'; readonly issue: string };

const TIMES = [['started_at_ms'], ['completed_at_ms'], ['occurred_at_ms']] as const;
const nothing: AgentReport = { type: 'nothing' };

/** Reads the report with which the runtime began a tool. Only some kinds of tool report here. */
export const readAgentBegin = (kind: ToolCallKind, body: PayloadBody): Typed<AgentReport> => {
  switch (kind.type) {
    case 'assign_agent_task':
    case 'send_message':
      return mapped(readTyped(messageBeginSchema, body, TIMES), (begin) => ({
        type: 'messaged',
        receiver: begin.receiver_thread_id,
        message: begin.prompt,
      }));
    case 'close_agent':
      return mapped(readTyped(closeBeginSchema, body, TIMES), (begin) => ({
        type: 'closed',
        receiver: begin.receiver_thread_id,
      }));
    default:
      return { data: nothing };
  }
};

/**
 * Reads the report with which the runtime ended a tool. A report with an `agent_thread_id` is an activity
 * of a sub-agent, whatever the tool; others have a shape for each kind of tool. A null message stands in
 * the invocation of the tool.
 */
export const readAgentEnd = (kind: ToolCallKind, body: PayloadBody): Typed<AgentReport> => {
  if (isRecord(body.value) && Object.hasOwn(body.value, 'agent_thread_id')) {
    return mapped(readTyped(activitySchema, body, TIMES), (activity) =>
      activityReport(kind, activity.kind, activity.agent_thread_id),
    );
  }
  switch (kind.type) {
    case 'spawn_agent':
      return mapped(readTyped(spawnEndSchema, body, TIMES), ({ new_thread_id, sender_thread_id, prompt }) =>
        new_thread_id
          ? {
              type: 'spawned',
              sender: sender_thread_id,
              child: new_thread_id,
              message: prompt,
            }
          : nothing,
      );
    case 'assign_agent_task':
    case 'send_message':
      return mapped(readTyped(messageEndSchema, body, TIMES), (end) => ({
        type: 'messaged',
        receiver: end.receiver_thread_id,
        message: end.prompt,
      }));
    case 'close_agent':
      return mapped(readTyped(closeEndSchema, body, TIMES), (end) => ({
        type: 'closed',
        receiver: end.receiver_thread_id,
      }));
    default:
      return { data: nothing };
  }
};

const activityReport = (
  kind: ToolCallKind,
  activity: (typeof activityKinds)[number],
  agent: ThreadId,
): AgentReport => {
  if (activity === 'completed') return nothing;
  if (kind.type === 'spawn_agent' && activity === 'started') {
    return { type: 'spawned', sender: null, child: agent, message: null };
  }
  if ((kind.type === 'assign_agent_task' || kind.type === 'send_message') && activity === 'interacted') {
    return { type: 'messaged', receiver: agent, message: null };
  }
  if (kind.type === 'close_agent' && activity === 'interrupted') return { type: 'closed', receiver: agent };
  return {
    type: 'mismatch',
    issue: `sub-agent activity ${activity} does not match tool kind ${kind.type}`,
  };
};

const mapped = <T>(read: Typed<T>, report: (data: T) => AgentReport): Typed<AgentReport> =>
  'issue' in read ? read : { data: report(read.data) };
