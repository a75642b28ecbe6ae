import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOG_FILE } from '../../src/model/files.js';
import type { BundleLook, OpenLog } from '../../src/node/tail/bundle-look.js';
import { bundleRun, type RunSnapshot } from '../../src/node/tail/bundle-run.js';
import { openInMemory, type Bundle } from '../fuzz/bundle.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { anyMutant, holdsFor, subjects, type Subject } from './subjects.js';

/** A log in memory, cut at a byte. */
const logOf = (bundle: Bundle, cut: number): OpenLog => {
  const bytes = (bundle.get(LOG_FILE) ?? Buffer.alloc(0)).subarray(0, cut);
  return {
    identity: 'the only log',
    size: bytes.length,
    modifiedAt: 0,
    read: (offset, length) => Buffer.from(bytes.subarray(offset, offset + length)),
  };
};

const upTo = (bundle: Bundle, cut: number): Bundle =>
  new Map([...bundle, [LOG_FILE, bundle.get(LOG_FILE)?.subarray(0, cut) ?? Buffer.alloc(0)]]);

/** Follows a log that grows from cut to cut, where nothing has to be waited for, and gives the last snapshot of each. */
const follow = ({ bundle, opened }: Subject, cuts: readonly number[]): (RunSnapshot | undefined)[] => {
  let last: RunSnapshot | undefined;
  const files = { open: noFile, readText: noFile, readBytes: noFile, decode: noFile };
  const begin = (look: BundleLook) =>
    bundleRun(
      look,
      { settleMs: 0, payloadWaitMs: 0, quietMs: Infinity },
      {
        next: (snapshot) => (last = snapshot),
        error(error: unknown) {
          throw error;
        },
      },
    );
  const lookAt = (cut: number): BundleLook => ({ bundle: { ...opened, files }, log: logOf(bundle, cut) });
  let run = begin(lookAt(0));
  return cuts.map((cut) => {
    for (;;) {
      const outcome = run.step(lookAt(cut));
      if (outcome === 'log' || outcome === 'over') return last;
      if (outcome !== 'turn') run = begin(lookAt(cut));
    }
  });
};

const noFile = (): never => {
  throw new Error('payloads are there, and nobody waits for them');
};

/** Places in a log, in thousandths. */
const anyPlaces = fc.array(fc.noBias(fc.nat(1000)), { minLength: 1, maxLength: 3 });

it('gives what a replay of the log so far gives, wherever the log is cut, even inside a character', () => {
  let seed = 0;
  let torn = 0;
  const law = (subject: Subject): void => {
    const { length } = subject.bundle.get(LOG_FILE) ?? Buffer.alloc(0);
    const [places = []] = fc.sample(anyPlaces, { seed: seed++, numRuns: 1 });
    const cuts = [...places, 1000]
      .map((place) => Math.floor((place * length) / 1000))
      .toSorted((a, b) => a - b);
    const snapshots = follow(subject, cuts);
    for (const [index, cut] of cuts.entries()) {
      const whole = reduceInMemory(openInMemory(upTo(subject.bundle, cut)), { strict: false });
      const snapshot = snapshots[index];
      if (!snapshot) throw new Error(`no snapshot at ${cut}`);
      const place = `cut at ${cuts.slice(0, index + 1)}`;
      expect(printed(snapshot), place).toBe(printed(whole));
      expect(snapshot.diagnostics, place).toEqual(whole.diagnostics);
      expect(snapshot.pending, place).toEqual(whole.unresolved);
      if (snapshot.diagnostics.some(({ code }) => code === 'line_torn')) torn += 1;
    }
  };
  holdsFor(fc.constantFrom(...subjects), law, 150);
  holdsFor(anyMutant, law, 30);
  expect(torn).toBeGreaterThan(100);
});
