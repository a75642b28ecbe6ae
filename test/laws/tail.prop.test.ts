import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOG_FILE } from '../../src/model/files.js';
import type { BundleLook, OpenLog } from '../../src/node/tail/bundle-look.js';
import { bundleRun, type RunSnapshot } from '../../src/node/tail/bundle-run.js';
import type { Reduction } from '../../src/streams/assemble.js';
import { openInMemory, type Bundle } from '../fuzz/bundle.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { anyMutant, holdsFor, subjects, type Subject } from './subjects.js';

const logOf = (bundle: Bundle): Buffer => bundle.get(LOG_FILE) ?? Buffer.alloc(0);

/** A log in memory, cut at a byte. */
const cutLog = (bundle: Bundle, cut: number): OpenLog => {
  const bytes = logOf(bundle).subarray(0, cut);
  return {
    identity: 'the only log',
    size: bytes.length,
    modifiedAt: 0,
    read: (offset, length) => Buffer.from(bytes.subarray(offset, offset + length)),
  };
};

const upTo = (bundle: Bundle, cut: number): Bundle =>
  new Map([...bundle, [LOG_FILE, logOf(bundle).subarray(0, cut)]]);

/** Follows a log that grows from cut to cut, where nothing has to be waited for, and gives the last snapshot of each. */
const follow = ({ bundle, opened }: Subject): ((cut: number) => RunSnapshot) => {
  let last: RunSnapshot | undefined;
  const files = { open: noFile, readText: noFile, readBytes: noFile, decode: noFile };
  const begin = (look: BundleLook) =>
    bundleRun(
      look,
      { settleMs: 0, payloadWaitMs: 0, quietMs: Infinity, idleMs: Infinity },
      {
        next: (snapshot) => (last = snapshot),
        error(error: unknown) {
          throw error;
        },
      },
    );
  let run: ReturnType<typeof begin> | undefined;
  return (cut) => {
    const look: BundleLook = { bundle: { ...opened, files }, log: cutLog(bundle, cut) };
    for (;;) {
      run ??= begin(look);
      const outcome = run.step(look);
      if (outcome === 'truncated' || outcome === 'replaced') run = undefined;
      else if (outcome !== 'turn') break;
    }
    if (!last) throw new Error(`no snapshot at ${cut}`);
    return last;
  };
};

const noFile = (): never => {
  throw new Error('payloads are there, and nobody waits for them');
};

const isTorn = ({ diagnostics }: Pick<Reduction, 'diagnostics'>): boolean =>
  diagnostics.some(({ code }) => code === 'line_torn');

describe('the tail of a log', () => {
  /** Places in a log, in thousandths. */
  const anyPlaces = fc.array(fc.noBias(fc.nat(1000)), { minLength: 1, maxLength: 3 });

  it('gives what a replay of the log so far gives, wherever the log is cut, even inside a character', () => {
    let seed = 0;
    let torn = 0;
    const law = (subject: Subject): void => {
      const { length } = logOf(subject.bundle);
      const [places = []] = fc.sample(anyPlaces, { seed: seed++, numRuns: 1 });
      const cuts = [...places, 1000]
        .map((place) => Math.floor((place * length) / 1000))
        .toSorted((a, b) => a - b);
      const tail = follow(subject);
      for (const [index, cut] of cuts.entries()) {
        const whole = reduceInMemory(openInMemory(upTo(subject.bundle, cut)), { strict: false });
        const snapshot = tail(cut);
        const place = `cut at ${cuts.slice(0, index + 1)}`;
        expect(printed(snapshot), place).toBe(printed(whole));
        expect(snapshot.diagnostics, place).toEqual(whole.diagnostics);
        expect(snapshot.pending, place).toEqual(whole.unresolved);
        if (isTorn(snapshot)) torn += 1;
      }
    };
    holdsFor(fc.constantFrom(...subjects), law, 150);
    holdsFor(anyMutant, law, 30);
    expect(torn).toBeGreaterThan(100);
  });
});

interface Shown extends Pick<Reduction, 'diagnostics' | 'unresolved'> {
  readonly text: string;
}

/** What a replay gives of the log up to each cut: made anew only where there is more than another torn line. */
const replays = ({ bundle }: Subject): ((cut: number) => Shown) => {
  const known = new Map<string, Shown>();
  return (cut) => {
    const opened = openInMemory(upTo(bundle, cut));
    const last = opened.entries.at(-1);
    const torn = last?.type === 'problem' && last.problem.code === 'line_torn' ? last.problem : undefined;
    const key = `${opened.entries.length} ${torn === undefined}`;
    const whole = known.get(key) ?? reduced(opened);
    known.set(key, whole);
    // Only the words about a torn line depend on where it is torn.
    const diagnostics = whole.diagnostics.map((problem) => (problem.code === 'line_torn' && torn) || problem);
    return { ...whole, diagnostics };
  };
};

const reduced = (opened: Subject['opened']): Shown => {
  const { trace, diagnostics, unresolved } = reduceInMemory(opened, { strict: false });
  return { text: printed({ trace }), diagnostics, unresolved };
};

/** Logs with everything in them that a cut may part, or that is no line. */
const odd = subjects
  .filter(({ name }) => /\/(?:agent-result|v2-recording-complete)$/.test(name))
  .flatMap(({ name, bundle }) => {
    const lines = logOf(bundle).toString().trimEnd().split('\n');
    const withLog = (kind: string, ...parts: readonly (string | Buffer)[]): Subject => {
      const other = new Map([...bundle, [LOG_FILE, Buffer.concat(parts.map((part) => Buffer.from(part)))]]);
      return { name: `${name} ${kind}`, bundle: other, opened: openInMemory(other) };
    };
    const [first = '', second = '', ...rest] = lines;
    return [
      withLog('with carriage returns', lines.join('\r\n')),
      withLog('with a byte order mark', '\ufeff', lines.slice(0, 3).join('\n'), '\n'),
      withLog('with blank lines', '\n', lines.slice(0, 4).join(' \t\r\n\u2003\n \n'), '\n\n'),
      withLog('with wide characters', `${first}\n{"日本":"😀"}\n${second}\n`, rest.slice(0, 2).join('\n')),
      withLog(
        'with bytes that are no text',
        `${first}\n`,
        Buffer.from([0xf0, 0x9f, 0x0a, 0xff, 0x0a]),
        second,
      ),
    ];
  });

describe('at every byte', () => {
  const small = subjects.filter(({ bundle }) => logOf(bundle).length <= 3000);
  const chosen = [...small.filter((_, index) => index % 16 === 0), ...odd];

  it.each([
    ['of a log that grows by one byte after the other', (subject: Subject) => follow(subject), 1],
    ['where it is begun', (subject: Subject) => (cut: number) => follow(subject)(cut), 5],
  ])('the tail gives what a replay gives, %s', (_, tailOf, every) => {
    let cuts = 0;
    const law = (subject: Subject): void => {
      const [tail, replayOf] = [tailOf(subject), replays(subject)];
      const texts = new WeakMap<object, string>();
      for (let cut = 0; cut <= logOf(subject.bundle).length; cut += 1, cuts += 1) {
        const [snapshot, whole] = [tail(cut), replayOf(cut)];
        const text = texts.get(snapshot.trace) ?? printed(snapshot);
        texts.set(snapshot.trace, text);
        const shown = { text, diagnostics: snapshot.diagnostics, unresolved: snapshot.pending };
        // To compare is cheap; to expect, so often, is not.
        if (!isDeepStrictEqual(shown, whole)) expect(shown, `${subject.name} cut at ${cut}`).toEqual(whole);
      }
    };
    for (const subject of chosen.filter((_each, index) => index % every === 0)) law(subject);
    expect(cuts).toBeGreaterThan(40_000 / every);
  });
});
