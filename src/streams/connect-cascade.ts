import type { MonoTypeOperatorFunction } from 'rxjs';
import { entryTypes } from '../facts/weave.js';
import type { Batch } from './batch.js';
import type { Stage } from './stage.js';

/**
 * Joins stages in their order: each hears everything that those above it say, nothing from below. Throws
 * while it is built when a stage reads what no stage above it says.
 */
export const connectCascade = (...stages: readonly Stage[]): MonoTypeOperatorFunction<Batch> => {
  const said = new Set(entryTypes);
  for (const { name, reads, learns } of stages) {
    const unheard = reads.find((type) => !said.has(type));
    if (unheard !== undefined) {
      throw new Error(
        `${name} reads ${unheard}, which no stage above it learns: move it down, or the learner up`,
      );
    }
    for (const type of learns) said.add(type);
  }
  return (batches) => stages.reduce((stream, { operator }) => stream.pipe(operator), batches);
};
