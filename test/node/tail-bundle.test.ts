import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTraceError } from '../../src/index.js';
import { replayBundle, tailBundle } from '../../src/node/index.js';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import { carriedCases, type CarriedCase } from '../helpers/carried-cases.js';
import { printed } from '../helpers/cascade.js';
import {
  append,
  inFolder,
  inStillTime,
  lastOf,
  logBytes,
  quickly,
  sample,
  sampleLines as lines,
  holdsReplay,
  until,
  upTo,
  whileTailing,
  withLog,
} from './tailing.js';

describe('tailBundle', () => {
  it('shows what is there, and then every event as it is appended', () =>
    inFolder(async (folder) => {
      writeFiles(folder, withLog(lines.slice(0, 3).join('')));
      await whileTailing(tailBundle(folder, quickly), async (tailing) => {
        await until(() => tailing.snapshots.length === 1);
        expect(lastOf(tailing)).toMatchObject({ directory: folder, events: 3, restart: null });
        for (const [index, line] of lines.slice(3).entries()) {
          append(folder, line);
          await until(() => tailing.snapshots.length === index + 2);
          expect(lastOf(tailing)).toMatchObject({ events: index + 4, restart: null });
          expect(printed(lastOf(tailing))).toBe(printed(await replayBundle(folder)));
        }
      });
    }));

  it('waits for a folder, a manifest and a log that are not there yet', () =>
    inFolder(async (root) => {
      const folder = path.join(root, 'traces', 'trace-1');
      await whileTailing(tailBundle(folder, quickly), async (tailing) => {
        await sleep(20);
        mkdirSync(folder, { recursive: true });
        await sleep(20);
        writeFiles(folder, new Map([...sample].filter(([name]) => name === 'manifest.json')));
        await sleep(100);
        expect(tailing.snapshots).toEqual([]);
        expect(tailing.end()).toBeUndefined();
        writeFiles(folder, sample);
        await holdsReplay(tailing, folder);
      });
    }));

  it('gives an empty trace for an empty log', () =>
    inFolder(async (folder) => {
      writeFiles(folder, withLog(''));
      await whileTailing(tailBundle(folder, quickly), (tailing) => holdsReplay(tailing, folder));
    }));

  it('shows what a replay of the log so far gives, however the log is cut into pieces', async () => {
    const names = ['agent-result', 'big-ints', 'lenient-envelope', 'raw-unicode'];
    const cases = carriedCases('schema-1').filter(({ name }) => names.includes(name));
    expect(cases.length).toBeGreaterThan(2);
    const anyCuts = fc.array(fc.noBias(fc.nat(1000)), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), anyCuts, ({ files }, thousandths) =>
        inFolder(async (folder) => {
          const log = logBytes(files);
          const cuts = thousandths.map((each) => Math.floor((each * log.length) / 1000));
          const stops = [0, ...cuts.toSorted((a, b) => a - b), log.length];
          writeFiles(folder, upTo(files, 0));
          await whileTailing(tailBundle(folder, { ...quickly, pollMs: 4 }), async (tailing) => {
            for (const [index, stop] of stops.slice(1).entries()) {
              append(folder, log.subarray(stops[index], stop));
              await holdsReplay(tailing, folder);
            }
          });
        }),
      ),
      { seed: 1, numRuns: 10 },
    );
  });

  it('takes the rest of the log for its end only when it stays, and takes that back when it goes on', () =>
    inStillTime((pass) =>
      inFolder(async (folder) => {
        const [first = '', second = ''] = lines;
        writeFiles(folder, withLog(first + second.slice(0, 20)));
        await whileTailing(tailBundle(folder, quickly), async (tailing) => {
          await until(() => tailing.snapshots.length === 1);
          expect(lastOf(tailing)).toMatchObject({ events: 1, diagnostics: [] });
          pass(2 * quickly.pollMs);
          await until(() => tailing.snapshots.length === 2);
          expect(lastOf(tailing)).toMatchObject({ events: 1, diagnostics: [{ code: 'line_torn', line: 2 }] });
          append(folder, second.slice(20));
          await until(() => tailing.snapshots.length === 3);
          expect(lastOf(tailing)).toMatchObject({ events: 2, diagnostics: [], restart: null });
        });
      }),
    ));

  it('takes a whole event without its line break when that stays away, and goes on behind it', () =>
    inFolder(async (folder) => {
      const [first = '', second = '', third = ''] = lines;
      writeFiles(folder, withLog(first + second.trimEnd()));
      await whileTailing(tailBundle(folder, quickly), async (tailing) => {
        await until(() => tailing.snapshots.at(-1)?.events === 2);
        append(folder, `\n${third}`);
        await until(() => tailing.snapshots.at(-1)?.events === 3);
        await holdsReplay(tailing, folder);
        expect(tailing.snapshots.map(({ restart }) => restart)).toEqual(tailing.snapshots.map(() => null));
      });
    }));

  it('begins anew when a line that was taken without its line break goes on as another one', () =>
    inFolder(async (folder) => {
      const [first = '', second = '', third = ''] = lines;
      writeFiles(folder, withLog(first + second.trimEnd()));
      await whileTailing(tailBundle(folder, quickly), async (tailing) => {
        await until(() => tailing.snapshots.at(-1)?.events === 2);
        append(folder, `}\n${third}`);
        await holdsReplay(tailing, folder);
        expect(tailing.snapshots.some(({ restart }) => restart === 'replaced')).toBe(true);
      });
    }));
});

describe('a carried case', () => {
  /** A part of them: what differs between them is not the tail's concern. */
  const cases = carriedCases().filter((_, index) => index % 8 === 0);

  /** The last snapshot is that of a replay, or both fail alike. */
  const holdsForCase = ({ files, file }: CarriedCase): Promise<void> =>
    inFolder(async (folder) => {
      writeFiles(folder, files);
      await whileTailing(tailBundle(folder, { pollMs: 4, payloadWaitMs: 10 }), async (tailing) => {
        try {
          await replayBundle(folder);
        } catch (error) {
          if (!isTraceError(error)) throw error;
          await until(() => tailing.end() !== undefined);
          expect(tailing.end(), file).toMatchObject({ error: { code: error.code } });
          return;
        }
        await holdsReplay(tailing, folder);
      });
    });

  it('is shown as a replay of its bundle shows it', async () => {
    for (let index = 0; index < cases.length; index += 32) {
      await Promise.all(cases.slice(index, index + 32).map((each) => holdsForCase(each)));
    }
  });
});
