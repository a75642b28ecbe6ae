/**
 * Compares what this package makes of bundles with what the original made of them:
 *
 *   npm run conformance -- <folder>
 *
 * Every folder below that holds a `manifest.json` is a bundle. Its answer is `expected.json` or
 * `expected-error.txt` in it, or else, in the folder above, `state.0.160.json` or `error.0.160.txt`, or else
 * `state.json` or `error.txt`. A state is compared byte for byte; of an error only that there is one, and
 * then the bundle must still give a graph by default. Exits with 1 unless all bundles are as the original,
 * and at least one was compared.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatProblem, isTraceError, readManifest, type Reduction } from '../src/index.js';
import { replayBundle } from '../src/node/index.js';
import { differenceByDefault } from './difference-by-default.js';
import { firstDifference } from './first-difference.js';

type Answer =
  { readonly type: 'state'; readonly file: string } | { readonly type: 'error'; readonly file: string };

type Outcome =
  | { readonly type: 'same' }
  | { readonly type: 'different'; readonly how: string }
  | { readonly type: 'skipped'; readonly why: string };

/** Names of answers, the first that is there counts; relative to the bundle. */
const ANSWERS: readonly Answer[] = [
  { type: 'state', file: 'expected.json' },
  { type: 'error', file: 'expected-error.txt' },
  { type: 'state', file: '../state.0.160.json' },
  { type: 'error', file: '../error.0.160.txt' },
  { type: 'state', file: '../state.json' },
  { type: 'error', file: '../error.txt' },
];

const answerTo = (bundle: string): Answer | undefined =>
  ANSWERS.map(({ type, file }) => ({ type, file: path.join(bundle, file) })).find(({ file }) =>
    existsSync(file),
  );

const bundlesBelow = (folder: string): readonly string[] => {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'manifest.json')) return [folder];
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(folder, name))
    .toSorted()
    .flatMap(bundlesBelow);
};

const compare = async (bundle: string): Promise<Outcome> => {
  const answer = answerTo(bundle);
  if (!answer) return { type: 'skipped', why: 'without an answer of the original' };
  let reduction: Reduction;
  try {
    reduction = await replayBundle(bundle, { strict: true });
  } catch (error) {
    if (!isTraceError(error)) throw error;
    // A schema that nobody reads ends the default too.
    if (error.code === 'schema_unsupported') {
      const why = `of schema ${schemaOf(bundle)}`;
      return answer.type === 'error' ? { type: 'same' } : { type: 'skipped', why };
    }
    if (answer.type === 'error') return compareByDefault(bundle);
    return {
      type: 'different',
      how: `refused, and the original reduces it: ${formatProblem(error.problem)}`,
    };
  }
  if (answer.type === 'error') {
    const [refusal = ''] = readFileSync(answer.file, 'utf8').split('\n');
    return { type: 'different', how: `reduced, and the original refuses it: ${refusal}` };
  }
  const how = firstDifference(reduction.trace, answer.file);
  return how === undefined ? { type: 'same' } : { type: 'different', how };
};

const compareByDefault = async (bundle: string): Promise<Outcome> => {
  const how = await differenceByDefault(bundle);
  return how === undefined ? { type: 'same' } : { type: 'different', how };
};

/** No bundle may break the reduction, and one that does must not keep the others from being compared. */
const defect = (error: unknown): Outcome => ({
  type: 'different',
  how: `breaks the reduction: ${String(error)}`,
});

const schemaOf = (bundle: string): string =>
  String(readManifest(readFileSync(path.join(bundle, 'manifest.json'), 'utf8')).schema_version);

/** Compares all bundles below a folder, and prints what differs and how many do not. */
export const conformance = async (folder: string, print: (line: string) => void): Promise<boolean> => {
  const skipped = new Map<string, number>();
  let same = 0;
  let compared = 0;
  for (const bundle of bundlesBelow(folder)) {
    const outcome = await compare(bundle).catch(defect);
    if (outcome.type === 'skipped') {
      skipped.set(outcome.why, (skipped.get(outcome.why) ?? 0) + 1);
      continue;
    }
    compared += 1;
    if (outcome.type === 'same') same += 1;
    else print(`${path.relative(folder, bundle)}: ${outcome.how}`);
  }
  for (const [why, count] of skipped) print(`skipped: ${count} ${why}`);
  print(`${same} of ${compared} as the original`);
  print(`${same} passed, ${compared - same} failed`);
  return compared > 0 && same === compared;
};

if (process.argv[1] === import.meta.filename) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) console.error('usage: npm run conformance -- <folder>');
  process.exitCode = folder !== undefined && (await conformance(folder, console.log)) ? 0 : 1;
}
