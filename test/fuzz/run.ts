import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { fuzz } from './campaign.js';
import { keepFailure } from './failures.js';
import { fuzzSources, schemasNamed } from './sources.js';
import { wholeNumber } from './whole-number.js';

const USAGE = `usage: npm run fuzz -- [options]
  --runs N      mutants                                            (200000)
  --seed S      seed; the same seed and number is the same mutant  (1)
  --first I     number of the first mutant                         (0)
  --schema N    only mutants of schema N                           (all)
  --corpus DIR  folder of more bundles to mutate
  --hang S      seconds after which a mutant counts as hanging     (10)`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    schema: { type: 'string' },
    corpus: { type: 'string' },
    hang: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
});

/** Failures that are told in full. */
const SHOWN = 20;

const main = async (): Promise<void> => {
  const [runs, seed] = [wholeNumber('runs', values.runs), wholeNumber('seed', values.seed)];
  const [first, seconds] = [wholeNumber('first', values.first), wholeNumber('hang', values.hang)];
  const sources = fuzzSources(values.corpus, schemasNamed(values.schema));
  const index = new Int32Array(new SharedArrayBuffer(4));
  const watchdog = new Worker(new URL('watchdog.mjs', import.meta.url), { workerData: { index, seconds } });
  const started = performance.now();
  const { outcomes, onDisk, slowest, failures } = await fuzz({
    sources,
    seed,
    first,
    runs,
    diskEvery: 50,
    budget: 2000,
    onStart: (number) => void Atomics.store(index, 0, number),
  });
  await watchdog.terminate();
  const took = (performance.now() - started) / 1000;
  console.log(
    `seed ${seed}, mutants ${first} to ${first + runs - 1} of ${new Set([...sources.values()].flat()).size} bundles, ${onDisk} on disk`,
  );
  console.log(
    `${took.toFixed(1)} s, ${Math.round(runs / took)} per second, the slowest took ${Math.round(slowest)} ms`,
  );
  for (const [outcome, count] of [...outcomes].toSorted((a, b) => b[1] - a[1]))
    console.log(`  ${count} ${outcome}`);
  for (const failure of failures.slice(0, SHOWN)) console.log(keepFailure(failure, seed));
  console.log(`${failures.length} failures`);
  process.exitCode = failures.length === 0 ? 0 : 1;
};

if (values.help) console.log(USAGE);
else await main();
