import { describe, expect, it } from 'vitest';
import {
  agentResultObserved,
  inferenceCompleted,
  inferenceStarted,
  payloadOf,
  threadEnded,
  threadStarted,
  toolCallEnded,
  toolCallStarted,
  toolRuntimeBegan,
  toolRuntimeFinished,
  turnStarted,
} from '../../test/helpers/facts.js';
import { reduceFacts } from '../../test/helpers/fold.js';
import { assistant, mailText } from '../../test/helpers/items.js';

const ROOT = '019d0000-0000-7000-8000-000000000001';
const CHILD = '019d0000-0000-7000-8000-000000000002';
const SPAWN = `edge:spawn:${ROOT}:${CHILD}`;
const inRoot = { thread: ROOT, turn: 'U1' } as const;
const inChild = { thread: CHILD, turn: 'U2' } as const;

const root = [
  threadStarted({ thread_id: ROOT, ...inRoot }),
  turnStarted({ codex_turn_id: 'U1', thread_id: ROOT, ...inRoot }),
] as const;
const childThread = threadStarted({ thread_id: CHILD, agent_path: '/root/child', ...inChild });
const childTurn = turnStarted({ codex_turn_id: 'U2', thread_id: CHILD, ...inChild });
const childSees = (...input: readonly unknown[]) =>
  inferenceStarted({
    inference_call_id: 'I2',
    thread_id: CHILD,
    codex_turn_id: 'U2',
    payload: payloadOf({ input }, 'P9'),
    ...inChild,
  });
const mail = (author: string, recipient: string, content: string) =>
  assistant(mailText(author, recipient, content));

/** A tool of the root from its start to its result, with its payloads P1 to P4. */
const toolLife = (kind: 'spawn_agent' | 'send_message' | 'close_agent', begin: object, end: object) => [
  toolCallStarted({ kind: { type: kind }, payload: payloadOf({}, 'P1'), ...inRoot }),
  toolRuntimeBegan({ payload: payloadOf(begin, 'P2'), ...inRoot }),
  toolRuntimeFinished({ payload: payloadOf(end, 'P3'), ...inRoot }),
  toolCallEnded({ payload: payloadOf({}, 'P4'), ...inRoot }),
];
const between = { call_id: 'c', sender_thread_id: ROOT, receiver_thread_id: CHILD };
const spawn = toolLife(
  'spawn_agent',
  {},
  {
    call_id: 'c',
    sender_thread_id: ROOT,
    new_thread_id: CHILD,
    prompt: 'count',
    model: 'gpt-test',
    reasoning_effort: 'low',
    status: 'running',
  },
);
const evidence = ['P1', 'P2', 'P3', 'P4'];

describe('a spawn', () => {
  it('points at the task in the conversation of the child', () => {
    const { trace, unresolved } = reduceFacts(
      ...root,
      ...spawn,
      childThread,
      childTurn,
      childSees(mail('/root', '/root/child', 'count')),
    );
    expect(unresolved).toEqual([]);
    expect(trace.interaction_edges.get(SPAWN)).toEqual({
      edge_id: SPAWN,
      kind: 'spawn_agent',
      source: { type: 'tool_call', tool_call_id: 'X1' },
      target: { type: 'conversation_item', item_id: 'conversation_item:1' },
      started_at_unix_ms: 1030,
      ended_at_unix_ms: 1050,
      carried_item_ids: ['conversation_item:1'],
      carried_raw_payload_ids: evidence,
    });
    expect(trace.conversation_items.get('conversation_item:1')?.thread_id).toBe(CHILD);
  });

  it("points at the child's thread when its message never shows", () => {
    const { trace } = reduceFacts(...root, ...spawn, childThread);
    expect(trace.interaction_edges.get(SPAWN)).toMatchObject({
      target: { type: 'thread', thread_id: CHILD },
      carried_item_ids: [],
      carried_raw_payload_ids: evidence,
    });
  });

  it('leaves no edge where the child never appeared', () => {
    const { trace, unresolved } = reduceFacts(...root, ...spawn);
    expect(trace.interaction_edges.size).toBe(0);
    expect(unresolved).toMatchObject([{ kind: 'agent_delivery', entity: SPAWN }]);
  });

  it('leaves no edge to a child that only says where it comes from', () => {
    const thread_spawn = { parent_thread_id: ROOT, agent_path: '/root/counter', agent_role: 'explorer' };
    const metadata = { task_name: 'count', session_source: { subagent: { thread_spawn } } };
    const { trace } = reduceFacts(threadStarted({ thread_id: CHILD, payload: payloadOf(metadata, 'P1') }));
    expect(trace.threads.get(CHILD)?.origin).toMatchObject({ type: 'spawned', spawn_edge_id: SPAWN });
    expect(trace.interaction_edges.size).toBe(0);
  });

  it('does not take the mail of another agent, or other words', () => {
    const { trace } = reduceFacts(
      ...root,
      ...spawn,
      childThread,
      childTurn,
      childSees(mail('/root/other', '/root/child', 'count'), mail('/root', '/root/child', 'count more')),
    );
    expect(trace.interaction_edges.get(SPAWN)?.target).toEqual({ type: 'thread', thread_id: CHILD });
  });
});

describe('a message', () => {
  const begin = { ...between, prompt: 'hello' };
  const send = toolLife('send_message', begin, { ...begin, status: 'running' });

  it('points at the item that shows it, from its begin to its end', () => {
    const { trace } = reduceFacts(
      ...root,
      ...send,
      childThread,
      childTurn,
      childSees(mail('/root', '/root/child', 'hello')),
    );
    expect(trace.interaction_edges.get('edge:tool:X1')).toMatchObject({
      kind: 'send_message',
      target: { type: 'conversation_item', item_id: 'conversation_item:1' },
      started_at_unix_ms: 1030,
      ended_at_unix_ms: 1050,
      carried_item_ids: ['conversation_item:1'],
      carried_raw_payload_ids: evidence,
    });
  });

  it('is dropped at the end of the log when it was never seen', () => {
    const { trace, diagnostics, unresolved } = reduceFacts(...root, ...send, childThread);
    expect(trace.interaction_edges.size).toBe(0);
    expect(diagnostics).toEqual([]);
    expect(unresolved).toMatchObject([{ entity: 'edge:tool:X1', since: { seq: 4 } }]);
  });

  it('that was seen before its tool ended stays as it was, and takes the result', () => {
    const [started, began, finished, over] = send;
    if (!started || !began || !finished || !over) throw new Error('four events');
    const { trace } = reduceFacts(
      ...root,
      childThread,
      childTurn,
      started,
      began,
      childSees(mail('/root', '/root/child', 'hello')),
      finished,
      over,
    );
    expect(trace.interaction_edges.get('edge:tool:X1')).toMatchObject({
      ended_at_unix_ms: null,
      carried_raw_payload_ids: ['P1', 'P2', 'P4'],
    });
  });
});

describe('a close', () => {
  it('points at the thread, with all evidence', () => {
    const { trace } = reduceFacts(
      ...root,
      childThread,
      ...toolLife('close_agent', between, { ...between, status: 'running' }),
      threadEnded({ thread_id: CHILD }),
    );
    expect(trace.interaction_edges.get('edge:tool:X1')).toEqual({
      edge_id: 'edge:tool:X1',
      kind: 'close_agent',
      source: { type: 'tool_call', tool_call_id: 'X1' },
      target: { type: 'thread', thread_id: CHILD },
      started_at_unix_ms: 1040,
      ended_at_unix_ms: 1060,
      carried_item_ids: [],
      carried_raw_payload_ids: evidence,
    });
    expect(trace.status).toBe('running');
  });
});

describe('the result of an agent', () => {
  const notice = '<subagent_notification>{"status":{"completed":"done"}}</subagent_notification>';
  const result = agentResultObserved({
    child_thread_id: CHILD,
    parent_thread_id: ROOT,
    message: notice,
    payload: payloadOf({}, 'P5'),
    ...inChild,
  });
  const rootSees = inferenceStarted({
    thread_id: ROOT,
    payload: payloadOf({ input: [mail('/root/child', '/root', notice)] }, 'P6'),
    ...inRoot,
  });

  it('goes from the last message of the child to the notice that the parent sees', () => {
    const done = { output_items: [assistant('done')] };
    const { trace } = reduceFacts(
      ...root,
      childThread,
      childTurn,
      childSees(assistant('task')),
      inferenceCompleted({ inference_call_id: 'I2', payload: payloadOf(done, 'P8'), ...inChild }),
      result,
      rootSees,
    );
    expect(trace.interaction_edges.get('edge:result')).toMatchObject({
      kind: 'agent_result',
      source: { type: 'conversation_item', item_id: 'conversation_item:2' },
      target: { type: 'conversation_item', item_id: 'conversation_item:3' },
      carried_item_ids: ['conversation_item:3'],
      carried_raw_payload_ids: ['P5'],
    });
    expect(trace.conversation_items.get('conversation_item:3')?.thread_id).toBe(ROOT);
  });

  it('comes from the thread of a child that failed without a word', () => {
    const { trace } = reduceFacts(...root, childThread, childTurn, result, rootSees);
    expect(trace.interaction_edges.get('edge:result')).toMatchObject({
      source: { type: 'thread', thread_id: CHILD },
      target: { type: 'conversation_item', item_id: 'conversation_item:1' },
    });
  });
});
