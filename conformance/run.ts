/**
 * Puts this package beside the real Codex, which records for us and reduces what we write:
 *
 *   npm ci --prefix conformance        once: installs the pinned versions
 *   npm run conformance:codex [-- scenario ...]
 *
 * Prints a table, and exits with 1 where a row differs or where a version is not installed.
 */
import { isWatched } from '../src/cli/progress.js';
import { checkMutants } from './checks/mutants.js';
import { checkRecording } from './checks/recorded.js';
import { different, type Row } from './checks/row.js';
import { bundleSources } from './checks/sources.js';
import { table } from './checks/table.js';
import { checkWritten } from './checks/written.js';
import { installedBinaries, type Binaries } from './codex/versions.js';
import { versionsOf } from './scenario.js';
import { scenarios } from './scenarios/index.js';

/** Checks at a time. A session mostly waits for its model and for its timers, so more of them than cores. */
const WORKERS = 4;

interface Check {
  readonly name: string;
  readonly run: () => Promise<readonly Row[]>;
}

const allChecks = (binaries: Binaries, stop: AbortSignal): readonly Check[] => {
  // Another one each time: what differs is kept anyway.
  const seed = Math.floor(Math.random() * 1e9);
  return [
    ...scenarios.flatMap((scenario) =>
      versionsOf(scenario).map((version) => ({
        name: scenario.name,
        run: () => checkRecording(scenario, version, binaries, stop),
      })),
    ),
    ...bundleSources(seed).map((source) => ({
      name: source.name,
      run: async () => [await checkWritten(source, binaries, stop)],
    })),
    ...([1, 2] as const).map((schema) => ({
      name: 'mutants',
      run: async () => [await checkMutants(schema, seed, binaries)],
    })),
  ];
};

/** Runs checks side by side, the long ones at the end first, and gives their rows in the order of the checks. */
const rowsOf = async (checks: readonly Check[], stop: AbortSignal): Promise<readonly Row[]> => {
  const isSeen = isWatched(process.stderr, process.env);
  const rows: (readonly Row[])[] = [];
  const left = [...checks.entries()].toReversed().values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [index, check] of left) {
      if (stop.aborted) return;
      rows[index] = await check.run().catch((error: unknown) => [defect(check.name, error)]);
      done += 1;
      if (isSeen) process.stderr.write(`\r${done} of ${checks.length}`);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  if (isSeen) process.stderr.write('\r\u001b[K');
  return rows.flat();
};

const defect = (name: string, error: unknown): Row => ({
  name,
  version: '-',
  result: different(`could not be checked: ${String(error)}`),
});

const main = async (wanted: readonly string[], stop: AbortSignal): Promise<boolean> => {
  const checks = allChecks(installedBinaries(), stop);
  const chosen = wanted.length === 0 ? checks : checks.filter(({ name }) => wanted.includes(name));
  if (chosen.length === 0) throw new Error(`there is no scenario ${wanted.join(' or ')}`);
  const started = performance.now();
  const rows = await rowsOf(chosen, stop);
  stop.throwIfAborted();
  for (const line of table(rows)) console.log(line);
  const wrong = rows.filter(({ result }) => result.type === 'different').length;
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${rows.length - wrong} of ${rows.length} equal, ${seconds} s`);
  if (wrong > 0) console.log('conformance/README.md says how a bundle that was kept becomes a case.');
  return wrong === 0;
};

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new Error('interrupted')));
}
try {
  process.exitCode = (await main(process.argv.slice(2), stop.signal)) ? 0 : 1;
} catch (error) {
  console.error(`conformance: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
