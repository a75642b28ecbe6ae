import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defineProjection } from '../../src/index.js';
import { LOG_FILE } from '../../src/model/files.js';
import { replayBundle, writeState } from '../../src/node/index.js';
import { withBundleOnDisk, type Files } from '../helpers/bundle-on-disk.js';
import { inferenceStarted } from '../helpers/facts.js';
import { turnsOnDisk } from '../helpers/turns-on-disk.js';

/** What an embedder is promised, in milliseconds. */
const LONGEST_BLOCK = 20;

// The clock stands still but for the work that is counted here, so the outcome is the same on any machine.
let clock = 0;
beforeEach(() => {
  clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => vi.restoreAllMocks());

/** The longest time between two turns of the event loop while something runs, and how many turns it got. */
const blocks = async (run: () => Promise<unknown>) => {
  let [turns, longest, last] = [0, 0, clock];
  let probe: NodeJS.Immediate;
  const look = (): void => {
    turns += 1;
    longest = Math.max(longest, clock - last);
    last = clock;
    probe = setImmediate(look);
  };
  probe = setImmediate(look);
  await run();
  clearImmediate(probe);
  return { turns, longest: Math.max(longest, clock - last) };
};

/** Takes so much time for each event; a usual one takes less than a tenth of a millisecond. */
const slowly = (millis: number) =>
  defineProjection({
    reads: ['codex_turn_started', 'codex_turn_ended'],
    initial: () => ({}),
    step: () => void (clock += millis),
  });

it.each([0.05, 0.5])('stays free while a bundle is replayed whose events take %d ms each', (millis) =>
  withBundleOnDisk(turnsOnDisk(500), async (folder) => {
    const { turns, longest } = await blocks(() =>
      replayBundle(folder, { projections: { slow: slowly(millis) } }),
    );
    expect(clock).toBeCloseTo(1000 * millis);
    expect(longest).toBeLessThanOrEqual(LONGEST_BLOCK);
    expect(turns).toBeGreaterThan(clock / LONGEST_BLOCK);
  }),
);

it('gives an event that may hold a history a turn of its own', () => {
  const turns = turnsOnDisk(200);
  const [first = '', ...others] = String(turns.get(LOG_FILE)).split(/(?<=\n)/);
  const request = first.replace(/"payload":.*/, `"payload":${JSON.stringify(inferenceStarted().body)}}`);
  const log = others.map((line, index) => (index % 32 === 0 ? request : line)).join('');
  const history = defineProjection({
    reads: ['codex_turn_started', 'codex_turn_ended', 'inference_started'],
    initial: () => ({}),
    step: (_, { type }) => void (clock += type === 'inference_started' ? 14 : 0.3),
  });
  return withBundleOnDisk(new Map([...turns, [LOG_FILE, log]]), async (folder) => {
    const { longest } = await blocks(() => replayBundle(folder, { projections: { history } }));
    expect(clock).toBeGreaterThan(10 * 14);
    expect(longest).toBeLessThanOrEqual(LONGEST_BLOCK);
  });
});

it('stays free while the lines of a log say nothing', () => {
  const files: Files = new Map([...turnsOnDisk(1), [LOG_FILE, '\n'.repeat(1000)]]);
  // Each look at the clock finds that a line took a while: without looks nobody would wait for the others.
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 0.1));
  return withBundleOnDisk(files, async (folder) => {
    const { turns } = await blocks(() => replayBundle(folder));
    expect(turns).toBeGreaterThan(100 / LONGEST_BLOCK);
  });
});

it('stays free while a trace is written', () =>
  withBundleOnDisk(turnsOnDisk(2000), async (folder) => {
    const { trace } = await replayBundle(folder);
    const rows = function* () {
      for (const entry of trace.codex_turns) {
        // Several times as much as a usual row takes.
        clock += 0.05;
        yield entry;
      }
    };
    const codex_turns = { ...trace.codex_turns, size: trace.codex_turns.size, [Symbol.iterator]: rows };
    const { longest } = await blocks(() =>
      writeState({ ...trace, codex_turns }, path.join(folder, 'state.json')),
    );
    expect(clock).toBeCloseTo(100);
    expect(longest).toBeLessThanOrEqual(LONGEST_BLOCK);
  }));
