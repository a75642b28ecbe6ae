import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'ndjson';
import type { Problem } from '../errors/trace-error.js';

/**
 * Writes problems as JSON, one a line; no line where there are none. A seq beyond 2^53 - 1 is written as a
 * string, because most readers of JSON would round the number.
 */
export const writeDiagnostics = (file: string, problems: readonly Problem[]): Promise<void> =>
  pipeline(Readable.from(problems.map(jsonReady)), stringify(), createWriteStream(file));

const jsonReady = (problem: Problem): object => ({
  ...problem,
  seq: typeof problem.seq === 'bigint' ? String(problem.seq) : problem.seq,
});
