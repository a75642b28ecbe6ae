/** The smallest sessions in which a graph depends on the order of concurrent events: docs/orderings.md. */
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { eventsOf } from '../../src/testing/bundle.js';
import {
  bundleOf,
  type Call,
  type Exchange,
  type Session,
  type SessionBundle,
  type Turn,
} from '../../src/testing/index.js';

/** Two recordings of what happened once. */
export interface Ordering {
  /** Types of the two events that are turned around. */
  readonly pair: readonly [first: string, second: string];
  readonly schemas: readonly SchemaVersion[];
  readonly bundles: (schema: SchemaVersion) => readonly [played: SessionBundle, turned: SessionBundle];
}

const exchange = (fields: Partial<Exchange>): Exchange => ({
  type: 'exchange',
  incremental: false,
  outcome: 'completed',
  reasoning: null,
  text: null,
  calls: [],
  early: false,
  ...fields,
});
const turn = (steps: readonly Exchange[], end: Turn['end'] = 'completed'): Turn => ({
  prompt: '',
  steps,
  end,
});
const session = (schema: SchemaVersion, steps: readonly Exchange[], end?: Turn['end']): Session => ({
  schema,
  turns: [turn(steps, end)],
  end: 'completed',
  crashAfter: null,
});

/** Both orders of the first event of a type behind which `second` stands, and of that one. */
const turnedAround = (played: Session, first: string, second: string) => {
  const events = eventsOf(played);
  const types: readonly string[] = events.map(({ body }) => body.type);
  const late = types.indexOf(first);
  const early = types.indexOf(second, late + 1);
  const moved = new Set([late]);
  for (const [index, { causes }] of events.entries()) {
    if (index < early && causes.some((cause) => moved.has(cause))) moved.add(index);
  }
  const others = [...events.keys()].filter((index) => !moved.has(index));
  const cut = others.indexOf(early) + 1;
  const order = [...others.slice(0, cut), ...moved, ...others.slice(cut)];
  return [bundleOf(played), bundleOf(played, order)] as const;
};

const withChild = (calls: readonly Call[], end: Turn['end']): readonly Exchange[] => [
  exchange({
    calls: [{ type: 'spawn', task: '', turn: turn([exchange({ calls })], end) }, { type: 'wait_agent' }],
  }),
  exchange({}),
];
const toParent: Call = { type: 'message', to: 'parent', text: 'same' };

export const orderings: readonly Ordering[] = [
  {
    pair: ['inference_completed', 'tool_call_started'],
    schemas: [1, 2],
    bundles: (schema) =>
      turnedAround(
        session(schema, [exchange({ calls: [{ type: 'wait_agent' }] })]),
        'inference_completed',
        'tool_call_started',
      ),
  },
  {
    pair: ['inference_cancelled', 'codex_turn_ended'],
    schemas: [1, 2],
    bundles: (schema) =>
      turnedAround(
        session(schema, [exchange({ outcome: 'cancelled' })], 'failed'),
        'inference_cancelled',
        'codex_turn_ended',
      ),
  },
  {
    pair: ['tool_call_runtime_ended', 'inference_started'],
    schemas: [1],
    bundles(schema) {
      const played = session(schema, withChild([toParent], 'failed'));
      const events = eventsOf(played);
      // The end of the message, not that of the spawn before it.
      const late = events.findLastIndex(({ body }) => body.type === 'tool_call_runtime_ended');
      const early = events.findLastIndex(({ body }) => body.type === 'inference_started');
      const kept = [...events.keys()].filter((index) => index < late || index > early);
      const between = [...events.keys()].filter((index) => index >= late && index <= early);
      const parents = between.filter((index) => events[index]?.thread === events[early]?.thread);
      const childs = between.filter((index) => !parents.includes(index));
      const order = [...kept.filter((index) => index < late), ...parents, ...childs];
      return [bundleOf(played), bundleOf(played, [...order, ...kept.filter((index) => index > early)])];
    },
  },
  {
    pair: ['inference_completed', 'inference_started'],
    schemas: [1, 2],
    bundles: (schema) => [tiedAnswers(schema, 'behind'), tiedAnswers(schema, 'before')],
  },
];

/**
 * A child's response holds two messages of the same moment. A request of the parent, which runs beside it, shows
 * four new items: before the response it leads the numbers of the two from 5 and 6 to 9 and 10.
 */
const tiedAnswers = (schema: SchemaVersion, request: 'before' | 'behind'): SessionBundle => {
  const spawn = exchange({ calls: [{ type: 'spawn', task: '', turn: turn([]) }] });
  const wait = exchange({ calls: [{ type: 'wait_agent' }] });
  const bundle = bundleOf(session(schema, [spawn, wait, exchange({})]));
  const { root_thread_id } = bundle.manifest;
  const said = bundle.events.find(
    ({ payload, thread_id }) => payload.type === 'inference_completed' && thread_id !== root_thread_id,
  );
  const [, asked] = bundle.events.filter(
    ({ payload, thread_id }) => payload.type === 'inference_started' && thread_id === root_thread_id,
  );
  if (said?.payload.type !== 'inference_completed' || asked?.payload.type !== 'inference_started') {
    throw new Error('not the session that was meant');
  }
  const messages = (role: string, type: string, texts: readonly string[]) =>
    texts.map((text) => ({ type: 'message', role, content: [{ type, text }] }));
  const output_items = messages('assistant', 'output_text', ['first', 'second']);
  const input = messages('user', 'input_text', ['1', '2', '3', '4']);
  const payloads = new Map(bundle.payloads)
    .set(said.payload.response_payload.path, JSON.stringify({ output_items }))
    .set(asked.payload.request_payload.path, JSON.stringify({ input }));
  const others = bundle.events.filter((event) => event !== asked);
  const place = request === 'before' ? others.indexOf(said) : bundle.events.indexOf(asked);
  const events = [...others.slice(0, place), asked, ...others.slice(place)].map((event, index) => ({
    ...event,
    seq: index + 1,
    wall_time_unix_ms: 1000 + index,
  }));
  return { ...bundle, payloads, events };
};
