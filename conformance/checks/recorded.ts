import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { configure, makeHome } from '../codex/home.js';
import { reducers, type Binaries, type CodexVersion } from '../codex/versions.js';
import { startModel } from '../model/server.js';
import { play, type Scenario } from '../scenario.js';
import { printTrace } from '../../src/index.js';
import { openBundle } from '../../src/node/open-bundle.js';
import { replayBundle } from '../../src/node/index.js';
import { rulesFor } from '../../src/schemas/index.js';
import { differenceByDefault } from '../../scripts/difference-by-default.js';
import { differenceOf, type Difference } from '../../test/fuzz/difference.js';
import { askOriginal, type Answer } from '../../test/fuzz/original.js';
import { follow, type Follower } from './follow.js';
import { eventTypesIn } from './log.js';
import { keepBundle } from './keep.js';
import { askOurCommand } from './our-command.js';
import { different, equal, type Result, type Row } from './row.js';

/** Milliseconds that a scenario may take. Most take two seconds; a busy machine takes many times as long. */
const LIMIT_MS = 600_000;

/** A Codex records a scenario while we follow; then both reduce what it left. One row for each bundle. */
export const checkRecording = async (
  scenario: Scenario,
  version: CodexVersion,
  binaries: Binaries,
  stop: AbortSignal,
): Promise<readonly Row[]> => {
  const home = makeHome();
  const follower = follow(home.traces);
  const model = await startModel(scenario.models);
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LIMIT_MS)]);
  try {
    configure(home, model.port, scenario.settings?.(version) ?? {});
    const { requests } = model;
    await play(scenario, { version, binary: binaries[version], home, requests, signal });
    const seen = await follower.seen();
    model.throwFailure();
    const bundles = bundlesIn(home.traces);
    const missing = missingEvents(scenario, bundles);
    if (missing.length > 0) throw new Error(`the recording has no ${missing.join(', ')}`);
    const unseen = bundles.filter((bundle) => !seen.has(bundle));
    if (unseen.length > 0) throw new Error('the tail saw nothing while Codex ran');
    const rows: Row[] = [];
    for (const [index, bundle] of bundles.entries()) {
      const name = index === 0 ? scenario.name : `${scenario.name} #${index + 1}`;
      const result = await compareBundle(bundle, { scenario, version, binaries, follower });
      rows.push({ name, version, events: eventTypesIn(bundle).length, result });
    }
    return rows;
  } catch (error) {
    return [{ name: scenario.name, version, result: different(`was not recorded: ${String(error)}`) }];
  } finally {
    follower.close();
    model.close();
    home.remove();
  }
};

/** Events of a scenario that stand in none of its bundles. */
const missingEvents = ({ leaves }: Scenario, bundles: readonly string[]): readonly string[] => {
  const types = new Set(bundles.flatMap(eventTypesIn));
  return leaves.filter((type) => !types.has(type));
};

/** The bundles of a trace root, the oldest first. */
const bundlesIn = (traces: string): readonly string[] =>
  readdirSync(traces)
    .map((name) => path.join(traces, name))
    .toSorted((a, b) => statSync(a).birthtimeMs - statSync(b).birthtimeMs);

interface Context {
  readonly scenario: Scenario;
  readonly version: CodexVersion;
  readonly binaries: Binaries;
  readonly follower: Follower;
}

const compareBundle = async (bundle: string, context: Context): Promise<Result> => {
  const { scenario, version, binaries } = context;
  // Before anything is written beside the bundle, which is still followed.
  const followed = await context.follower.lastState(bundle);
  const { version: schema } = rulesFor(openBundle(bundle).manifest.schema_version);
  const original = await askOriginal(binaries[reducers[schema]], bundle);
  const difference = differenceOf(original, await askOurCommand(bundle));
  const how =
    (difference && wordsOf(difference)) ??
    (await differenceOfTail(bundle, followed)) ??
    (await differenceOfRefusal(bundle, original, scenario.refused?.[version] ?? 'never'));
  if (how === undefined)
    return equal(original.type === 'graph' ? undefined : `refused by both: ${whyNot(original)}`);
  return different(`${how}; ${keepBundle(bundle, original, `${scenario.name}-${version}`, how)}`);
};

const wordsOf = ({ group, original, ours }: Difference): string =>
  `${group}: the original ${original}, ours ${ours}`;

/** What follows a bundle collects problems, so its last state is that of a replay that does. */
const differenceOfTail = async (
  bundle: string,
  followed: string | undefined,
): Promise<string | undefined> => {
  if (followed === undefined) return 'the tail did not come to the end';
  const { trace } = await replayBundle(bundle);
  return followed === [...printTrace(trace)].join('') ? undefined : 'the tail shows another state in the end';
};

const differenceOfRefusal = async (
  bundle: string,
  original: Answer,
  refused: 'always' | 'sometimes' | 'never',
): Promise<string | undefined> => {
  if (original.type === 'graph') return refused === 'always' ? 'the original reduces it now' : undefined;
  if (refused === 'never') return `the original refuses it: ${whyNot(original)}`;
  return differenceByDefault(bundle);
};

const whyNot = (original: Exclude<Answer, { readonly type: 'graph' }>): string =>
  original.type === 'panic' ? original.message : original.causes.join(': ');
