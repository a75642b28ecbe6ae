import fc from 'fast-check';
import type { SchemaVersion } from '../model/schema-version.js';
import type { Call, CompactionStep, Exchange, Notice, Session, Step, Turn } from './session.js';

export interface SessionOptions {
  readonly schema: SchemaVersion;
  /** Turns of the root agent; 3 if not given. */
  readonly maxTurns?: number;
  /** Steps of a turn; 4 if not given. */
  readonly maxSteps?: number;
  /** How far children may have children; 2 if not given, 0 for one agent alone. */
  readonly depth?: number;
  /** Whether some of the recordings stop early; they do if not given. */
  readonly crashes?: boolean;
}

/**
 * Sessions that could have happened. They shrink to fewer turns, steps, calls and agents, to shorter texts, and
 * to the course of things in which nothing fails.
 */
export const sessions = (options: SessionOptions): fc.Arbitrary<Session> => {
  const { schema, maxTurns = 3, maxSteps = 4, depth = 2, crashes = true } = options;
  return fc.record({
    schema: fc.constant(schema),
    turns: fc.array(turnOf(maxSteps, depth), { minLength: 1, maxLength: maxTurns, size: 'max' }),
    end: fc.constantFrom('completed', 'failed', 'aborted'),
    crashAfter: crashes ? fc.option(fc.nat({ max: 150 }), { freq: 4 }) : fc.constant(null),
  });
};

/** Mostly short, now and then with anything in them, or longer than a summary holds. */
const text = fc.oneof(
  { withCrossShrink: true },
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'go on', '') },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 300 }).map((length) => 'x'.repeat(length)) },
);
const lessOften = fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false)));
const index = fc.nat({ max: 3 });

const turnOf = (maxSteps: number, depth: number): fc.Arbitrary<Turn> =>
  fc.record({
    prompt: text,
    steps: fc.array(stepOf(depth), { maxLength: maxSteps, size: 'max' }),
    end: fc.constantFrom('completed', 'completed', 'failed', 'cancelled', 'aborted'),
  });

const stepOf = (depth: number): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 8, arbitrary: exchangeOf(depth) },
    { weight: 1, arbitrary: compaction },
    { weight: 1, arbitrary: notice },
  );

const exchangeOf = (depth: number): fc.Arbitrary<Exchange> =>
  fc.record({
    type: fc.constant('exchange'),
    incremental: fc.boolean(),
    outcome: fc.oneof(
      { weight: 7, arbitrary: fc.constant('completed' as const) },
      { weight: 1, arbitrary: fc.constantFrom('failed', 'cancelled', 'unanswered') },
    ),
    reasoning: fc.option(text, { freq: 1 }),
    text: fc.option(text, { freq: 1 }),
    calls: fc.array(callOf(depth), { maxLength: 3, size: 'max' }),
    early: fc.boolean(),
  });

const compaction: fc.Arbitrary<CompactionStep> = fc.record({
  type: fc.constant('compaction'),
  summary: text,
  failures: fc.nat({ max: 1 }),
});

const notice: fc.Arbitrary<Notice> = fc.record({
  type: fc.constant('notice'),
  event: fc.constantFrom('warning', 'session_configured', 'token_count'),
});

const command: fc.Arbitrary<Call> = fc.record({
  type: fc.constant('command'),
  command: text,
  output: text,
  exitCode: fc.constantFrom(0, 0, 1, -1, 127),
  staysOpen: fc.boolean(),
  exits: fc.boolean(),
});

const write: fc.Arbitrary<Call> = fc.record({
  type: fc.constant('write'),
  terminal: index,
  chars: text,
  fails: lessOften,
});

const plain: fc.Arbitrary<Call> = fc.record({
  type: fc.constant('plain'),
  kind: fc.constantFrom('other', 'web', 'mcp', 'apply_patch', 'image_generation'),
  output: text,
  status: fc.constantFrom('completed', 'completed', 'failed', 'cancelled'),
});

const cell: fc.Arbitrary<Call> = fc.record({
  type: fc.constant('cell'),
  source: text,
  commands: fc.array(text, { maxLength: 2 }),
  yields: fc.boolean(),
  ends: fc.boolean(),
});

const waitCell: fc.Arbitrary<Call> = fc.record({ type: fc.constant('wait_cell'), cell: index });
const message: fc.Arbitrary<Call> = fc.record({
  type: fc.constant('message'),
  to: fc.oneof(fc.constant('parent' as const), index),
  text,
});
const close: fc.Arbitrary<Call> = fc.record({ type: fc.constant('close'), child: index });
const waitAgent: fc.Arbitrary<Call> = fc.record({ type: fc.constant('wait_agent') });

const callOf = (depth: number): fc.Arbitrary<Call> => {
  const alone = [
    { weight: 3, arbitrary: command },
    { weight: 3, arbitrary: cell },
    { weight: 2, arbitrary: write },
    { weight: 2, arbitrary: plain },
    { weight: 1, arbitrary: waitCell },
    { weight: 1, arbitrary: message },
  ];
  if (depth === 0) return fc.oneof({ withCrossShrink: true }, ...alone);
  const turn = turnOf(2, depth - 1);
  const spawn: fc.Arbitrary<Call> = fc.record({ type: fc.constant('spawn'), task: text, turn });
  const assign: fc.Arbitrary<Call> = fc.record({ type: fc.constant('assign'), child: index, text, turn });
  return fc.oneof(
    { withCrossShrink: true },
    ...alone,
    { weight: 3, arbitrary: spawn },
    { weight: 2, arbitrary: assign },
    { weight: 2, arbitrary: close },
    { weight: 2, arbitrary: waitAgent },
  );
};
