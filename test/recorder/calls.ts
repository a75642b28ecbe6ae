import fc from 'fast-check';

/** One call of a recorder; `at` says on which of the handles that are there, taken round. */
export interface RecorderCall {
  readonly type: (typeof callTypes)[number];
  readonly at: number;
  /** The call gives a payload that is no JSON, where it gives one. */
  readonly isUnusable: boolean;
}

const callTypes = [
  'child',
  'end of child',
  'resumption',
  'turn',
  'end of turn',
  'receipt',
  'inference',
  'answer',
  'failure',
  'cancellation',
  'compaction',
  'cell',
  'nested tool',
  'answer of cell',
  'end of cell',
  'command',
  'end of command',
  'plain tool',
  'write',
  'target of write',
  'wait',
  'spawn',
  'message',
  'close',
  'report',
  'end of report',
  'mcp call',
  'end of tool',
  'letter',
  'result',
  'breadcrumb',
] as const;

/** Calls in any order, as a host with many agents makes them, and with the mistakes that hosts make. */
export const recorderCalls = fc.array(
  fc.record({
    type: fc.constantFrom(...callTypes),
    at: fc.nat({ max: 7 }),
    isUnusable: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
  }),
  { maxLength: 80, size: 'max' },
);
