import { describe, it } from 'vitest';
import { agentResultObserved, missingPayload, payloadOf } from '../../test/helpers/facts.js';
import { given } from '../../test/helpers/given.js';
import { itemRow } from '../../test/helpers/items.js';
import {
  agentClosed,
  deliveryEvidence,
  deliverySent,
  itemsObserved,
  threadAppeared,
  toolEnded,
  toolRuntimeEnded,
  toolRuntimeStarted,
  toolStarted,
} from '../../test/helpers/learned.js';
import { schema1 } from '../schemas/schema-1.js';
import { schema2 } from '../schemas/schema-2.js';
import { deliveries } from './deliveries.js';

const ROOT = '019d0000-0000-7000-8000-000000000001';
const CHILD = '019d0000-0000-7000-8000-000000000002';

const kinds = {
  spawn: { kind: { type: 'spawn_agent' }, thread_id: ROOT },
  assign: { kind: { type: 'assign_agent_task' }, thread_id: ROOT },
  send: { kind: { type: 'send_message' }, thread_id: ROOT },
  close: { kind: { type: 'close_agent' }, thread_id: ROOT },
} as const;

const status = 'running';
const between = { call_id: 'c', sender_thread_id: ROOT, receiver_thread_id: CHILD };
const spawnEnd = {
  call_id: 'c',
  sender_thread_id: ROOT,
  new_thread_id: CHILD,
  prompt: 'count',
  model: 'gpt-test',
  reasoning_effort: 'low',
  status,
};
const activity = (kind: string, agent_path = '/root/child') => ({
  event_id: 'e',
  agent_thread_id: CHILD,
  agent_path,
  kind,
});
const invocation = (args: unknown) =>
  payloadOf({ tool_name: 't', payload: { type: 'function', arguments: args } });
const hello = invocation('{"message":"hello"}');

const agents = given(deliveries(schema1)).after(threadAppeared({ thread_id: ROOT }));
const withChild = agents.after(threadAppeared({ thread_id: CHILD, agent_path: '/root/child' }));

const spawned = {
  edge_id: `edge:spawn:${ROOT}:${CHILD}`,
  kind: 'spawn_agent',
  target_thread_id: CHILD,
  fallback_thread_id: CHILD,
} as const;

describe('a spawn', () => {
  it('sends its prompt to the new thread when the runtime says that it is done', () => {
    agents
      .when(
        toolRuntimeEnded({ ...kinds.spawn, payload: payloadOf(spawnEnd), evidence: ['P1', 'P2'], seq: 4 }),
      )
      .thenLearns(
        deliverySent({
          ...spawned,
          content: 'count',
          ended_at_unix_ms: 1040,
          carried_raw_payload_ids: ['P1', 'P2'],
          seq: 4,
        }),
      );
  });

  it('that created no thread sends nothing', () => {
    const payload = payloadOf({ ...spawnEnd, new_thread_id: null });
    agents.when(toolRuntimeEnded({ ...kinds.spawn, payload })).thenNothing();
  });

  it('does not report when it begins', () => {
    agents.when(toolRuntimeStarted({ ...kinds.spawn, payload: missingPayload() })).thenNothing();
  });

  it('reported as an activity sends what it was called with', () => {
    agents
      .after(toolStarted({ ...kinds.spawn, payload: hello }))
      .when(toolRuntimeEnded({ ...kinds.spawn, payload: payloadOf(activity('started')) }))
      .thenLearns(deliverySent({ ...spawned, content: 'hello', ended_at_unix_ms: 1010 }));
  });

  it('is sent by the path of the thread of the tool, under the thread that the report names', () => {
    const payload = payloadOf({ ...spawnEnd, sender_thread_id: CHILD });
    agents.when(toolRuntimeEnded({ ...kinds.spawn, payload })).thenLearns(
      deliverySent({
        ...spawned,
        edge_id: `edge:spawn:${CHILD}:${CHILD}`,
        author: '/root',
        content: 'count',
        ended_at_unix_ms: 1010,
      }),
    );
  });
});

describe('a message', () => {
  it.each([
    ['assign_agent_task', kinds.assign],
    ['send_message', kinds.send],
  ] as const)('of %s leaves when it begins, and again when it ends', (kind, tool) => {
    const begin = payloadOf({ ...between, prompt: 'hello' });
    const end = payloadOf({ ...between, prompt: 'hello', status });
    agents
      .when(
        toolRuntimeStarted({ ...tool, payload: begin }),
        toolRuntimeEnded({ ...tool, payload: end, seq: 5 }),
      )
      .thenLearns(
        deliverySent({ kind, target_thread_id: CHILD }),
        deliverySent({ kind, target_thread_id: CHILD, ended_at_unix_ms: 1050, seq: 5 }),
      );
  });

  it('reported as an activity has the text that the tool was called with', () => {
    agents
      .after(toolStarted({ ...kinds.send, payload: hello }))
      .when(toolRuntimeEnded({ ...kinds.send, payload: payloadOf(activity('interacted')) }))
      .thenLearns(deliverySent({ target_thread_id: CHILD, ended_at_unix_ms: 1010 }));
  });

  it.each([
    ['was not recorded', null],
    ['has no arguments', payloadOf({ payload: {} })],
    ['has arguments that are no JSON', invocation('{message}')],
    ['has arguments without a message', invocation('{"target":"/root/child"}')],
  ])('without a text, because the invocation %s, is left out', (_what, payload) => {
    agents
      .after(toolStarted({ ...kinds.send, payload }))
      .when(toolRuntimeEnded({ ...kinds.send, payload: payloadOf(activity('interacted')) }))
      .thenReports({ code: 'agent_arguments_invalid', entity: 'X1' })
      .thenLearns();
  });

  it('of a thread that is not known is left out', () => {
    given(deliveries(schema1))
      .when(toolRuntimeStarted({ ...kinds.send, payload: payloadOf({ ...between, prompt: 'hello' }) }))
      .thenReports({ code: 'thread_unknown', entity: ROOT })
      .thenLearns();
  });

  it.each([
    ['is not there', missingPayload(), 'payload_missing'],
    ['lacks a field', payloadOf(between), 'agent_payload_invalid'],
    [
      'names no thread',
      payloadOf({ ...between, prompt: 'p', receiver_thread_id: 'x' }),
      'agent_payload_invalid',
    ],
  ] as const)('whose report %s is left out', (_what, payload, code) => {
    agents
      .when(toolRuntimeStarted({ ...kinds.send, payload }))
      .thenReports(code)
      .thenLearns();
  });
});

describe('a close', () => {
  it('draws an edge to the thread when it begins, and again when it ends', () => {
    withChild
      .when(
        toolRuntimeStarted({ ...kinds.close, payload: payloadOf(between), evidence: ['P1'] }),
        toolRuntimeEnded({ ...kinds.close, payload: payloadOf({ ...between, status }), seq: 5 }),
        toolRuntimeEnded({ ...kinds.close, payload: payloadOf(activity('interrupted')), seq: 6 }),
      )
      .thenLearns(
        agentClosed({ target_thread_id: CHILD, carried_raw_payload_ids: ['P1'] }),
        agentClosed({ target_thread_id: CHILD, ended_at_unix_ms: 1050, seq: 5 }),
        agentClosed({ target_thread_id: CHILD, ended_at_unix_ms: 1060, seq: 6 }),
      );
  });

  it('of a thread that is no part of the trace draws nothing', () => {
    agents.when(toolRuntimeStarted({ ...kinds.close, payload: payloadOf(between) })).thenNothing();
  });
});

describe('an activity of a sub-agent', () => {
  it('that completed says nothing new', () => {
    agents
      .when(toolRuntimeEnded({ ...kinds.close, payload: payloadOf(activity('completed')) }))
      .thenNothing();
  });

  it('must fit the tool, or makes no edge', () => {
    agents
      .when(toolRuntimeEnded({ ...kinds.send, payload: payloadOf(activity('started')) }))
      .thenReports({ code: 'agent_activity_mismatch', entity: 'X1' })
      .thenLearns();
  });

  it('is looked for in the end of any tool', () => {
    agents
      .when(toolRuntimeEnded({ payload: payloadOf(activity('started', 'no path')) }))
      .thenReports({ code: 'agent_payload_invalid', entity: 'X1' })
      .thenLearns();
    agents.when(toolRuntimeEnded({ payload: payloadOf({ any: 'thing' }) })).thenNothing();
  });
});

describe('the result of a tool', () => {
  it('is evidence for whatever edge the tool has', () => {
    agents
      .when(toolEnded({ ...kinds.send, payload: payloadOf({}, 'P7') }))
      .thenLearns(deliveryEvidence({ raw_payload_id: 'P7' }));
  });

  it('that is not there is none', () => {
    agents.when(toolEnded(kinds.send)).thenNothing();
  });
});

describe('the result of an agent', () => {
  const answer = itemRow(3, { role: 'assistant', thread_id: 'T2', codex_turn_id: 'U2' });
  const child = given(deliveries(schema1)).after(
    threadAppeared({ thread_id: 'T2', agent_path: '/root/child' }),
  );
  const observed = (...fresh: (typeof answer)[]) => itemsObserved({ fresh, thread_id: 'T2' });
  const sent = deliverySent({
    edge_id: 'edge:result',
    kind: 'agent_result',
    source: { type: 'conversation_item', item_id: 'conversation_item:3' },
    target_thread_id: 'T1',
    author: '/root/child',
    content: 'done',
    ended_at_unix_ms: 1010,
  });

  it('comes from its last message in the turn', () => {
    child.after(observed(answer)).when(agentResultObserved()).thenLearns(sent);
  });

  it('carries its payload', () => {
    child
      .after(observed(answer))
      .when(agentResultObserved({ payload: payloadOf({}, 'P5') }))
      .thenLearns({ ...sent, carried_raw_payload_ids: ['P5'] });
  });

  it.each([
    ['the later one', { first_seen_at_unix_ms: 1009 }],
    [
      'of the same time, the last one in the order of the bytes of the ids',
      { item_id: 'conversation_item:20', first_seen_at_unix_ms: 1010 },
    ],
    ['an own message, not one from another agent', { agent_message: { author: '/a', recipient: '/b' } }],
    ['a message of the model', { role: 'user' as const }],
    ['a message, not its reasoning', { kind: 'reasoning' as const }],
    ['of its turn', { codex_turn_id: 'U3' }],
    ['of a turn at all', { codex_turn_id: null }],
    ['of its thread', { thread_id: 'T1' }],
  ])('comes from %s', (_what, other) => {
    const rival = { ...answer, item_id: 'conversation_item:4', first_seen_at_unix_ms: 1020, ...other };
    child.after(observed(answer, rival)).when(agentResultObserved()).thenLearns(sent);
  });

  it('comes from its thread where it said nothing', () => {
    child.when(agentResultObserved()).thenLearns({ ...sent, source: { type: 'thread', thread_id: 'T2' } });
  });

  it('of a thread that is not known is left out', () => {
    given(deliveries(schema1))
      .when(agentResultObserved())
      .thenReports({ code: 'thread_unknown', entity: 'T2' })
      .thenLearns();
  });
});

describe('a tool of an MCP server', () => {
  const kind = { type: 'mcp', server: 's', tool: 't' } as const;
  const tool = { kind, thread_id: ROOT };
  const inSchema2 = given(deliveries(schema2)).after(threadAppeared({ thread_id: ROOT }));

  it.each(['started', 'interacted', 'interrupted', 'completed', 'odd'])(
    'reports nothing of agents in schema 2, such as that one %s',
    (what) => {
      inSchema2.when(toolRuntimeEnded({ ...tool, payload: payloadOf(activity(what)) })).thenNothing();
    },
  );

  it('is not even read in schema 2', () => {
    inSchema2.when(toolRuntimeEnded({ ...tool, payload: missingPayload() })).thenNothing();
    agents.when(toolRuntimeEnded({ ...tool, payload: missingPayload() })).thenReports('payload_missing');
  });

  it('may report of agents in schema 1, where that must make sense', () => {
    agents
      .when(toolRuntimeEnded({ ...tool, payload: payloadOf(activity('started')) }))
      .thenReports('agent_activity_mismatch');
  });
});

describe('a tool whose kind the runtime corrects', () => {
  const inSchema2 = given(deliveries(schema2)).after(threadAppeared({ thread_id: ROOT }));
  const unknown = { kind: { type: 'other', name: 'z' }, thread_id: ROOT } as const;
  const begin = payloadOf({ ...between, prompt: 'hello' });

  it('sends as what it turned out to be, with what it was called with', () => {
    inSchema2
      .after(toolStarted({ ...unknown, payload: hello }))
      .when(toolRuntimeEnded({ ...kinds.send, payload: payloadOf(activity('interacted')) }))
      .thenLearns(deliverySent({ target_thread_id: CHILD, ended_at_unix_ms: 1010 }));
    inSchema2
      .after(toolStarted({ ...unknown, payload: hello }))
      .when(toolRuntimeStarted({ ...kinds.send, payload: begin }))
      .thenLearns(deliverySent({ target_thread_id: CHILD }));
  });

  it('sends nothing when it turned out to be none that sends', () => {
    inSchema2
      .after(toolStarted({ ...kinds.send, payload: hello }))
      .when(
        toolRuntimeStarted({ ...unknown, payload: missingPayload() }),
        toolRuntimeEnded({ ...unknown, payload: payloadOf({ ...between, prompt: 'hello', status }) }),
      )
      .thenNothing();
  });

  it('must not report of agents then', () => {
    inSchema2
      .when(toolRuntimeEnded({ ...unknown, payload: payloadOf(activity('interacted')) }))
      .thenReports('agent_activity_mismatch')
      .thenLearns();
  });
});
