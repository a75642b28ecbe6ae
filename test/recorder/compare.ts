import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { printTrace } from '../../src/index.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { replayBundle } from '../../src/node/index.js';
import { recordRollout } from '../../src/recorder/index.js';
import { askOriginal } from '../fuzz/original.js';
import { wholeNumber } from '../fuzz/whole-number.js';
import { Host, recorderCalls } from './calls.js';

const USAGE = `usage: CODEX_BIN=path/to/codex CODEX_BIN_2=path/to/codex npx tsx test/recorder/compare.ts [--runs N] [--seed S]
Records bundles by random calls, and compares what the originals of schema 1 and 2 reduce them to with what we do.`;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const [runs, seed] = [wholeNumber('runs', values.runs), wholeNumber('seed', values.seed)];

/** Bundles of a schema, reduced by both. A bundle that makes a difference is kept. */
const compare = async (binary: string, schema: SchemaVersion, folder: string): Promise<void> => {
  let equal = 0;
  for (const calls of fc.sample(recorderCalls, { numRuns: runs, seed })) {
    const root = recordRollout({ traceRoot: folder, schema, warn: () => {} });
    const host = new Host(root);
    for (const call of calls) host.make(call);
    // Half of the sessions stop in the middle.
    if (calls.length % 2 === 0) root.ended();
    root.close();
    const bundle = root.bundle ?? '';
    const { trace } = await replayBundle(bundle, { strict: true });
    const answer = await askOriginal(binary, bundle);
    if (answer.type === 'graph' && answer.text === [...printTrace(trace)].join('')) {
      equal += 1;
      rmSync(bundle, { recursive: true });
    } else {
      process.exitCode = 1;
      console.log(`${bundle}: ${answer.type === 'refusal' ? answer.causes.join(': ') : answer.type}`);
    }
  }
  console.log(`schema ${schema}: ${equal} of ${runs} bundles are reduced to the same bytes`);
};

const originals: readonly (readonly [SchemaVersion, string | undefined])[] = [
  [1, process.env['CODEX_BIN']],
  [2, process.env['CODEX_BIN_2']],
];
if (originals.every(([, binary]) => binary === undefined)) {
  console.error(USAGE);
  process.exitCode = 2;
}
const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-recorder-'));
for (const [schema, binary] of originals) if (binary !== undefined) await compare(binary, schema, folder);
