import { makeItem } from './session-items.js';
import type { SessionDialect } from './session-dialect.js';
import { commonShapes, separateCommands } from './session-tools.js';
import { weighted } from './choose.js';

/** Sessions of schema 1: items have no receipts, and numbers may be wrong. */
export const sessionsOfSchema1: SessionDialect = {
  schema: 1,
  seq: (random, place) => (random.chance(0.95) ? place : random.integer(1, place)),
  longest: 40,
  items: { make: makeItem, resent: (_random, item) => item },
  tools: {
    shapes: weighted([4, separateCommands.exec], [4, separateCommands.writeStdin]).concat(commonShapes),
    started: (_random, { begun, shape }) =>
      begun || shape.kind['type'] === 'write_stdin' ? undefined : shape,
    runtimeStart: () => ({}),
  },
  cellReport: () => ({}),
  steps: () => [],
  close: () => undefined,
};
