import { renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { tailBundle, type TailOptions } from '../../src/node/index.js';
import { openBundle } from '../../src/node/open-bundle.js';
import { edited } from '../cli/command.js';
import { writeFiles, type Files } from '../helpers/bundle-on-disk.js';
import {
  append,
  inFolder,
  inStillTime,
  lastOf,
  quickly,
  sample,
  sampleLines as lines,
  holdsReplay,
  until,
  whileTailing,
} from './tailing.js';

describe('a bundle that is not what it was', () => {
  /** Follows the sample, does something to it, and says how the tail began anew. */
  const restartAfter = async (
    change: (folder: string) => void,
    options: TailOptions = quickly,
  ): Promise<unknown> => {
    let restart: unknown;
    await inFolder(async (folder) => {
      writeFiles(folder, sample);
      await whileTailing(tailBundle(folder, options), async (tailing) => {
        await holdsReplay(tailing, folder);
        const before = tailing.snapshots.length;
        change(folder);
        await until(() => tailing.snapshots.length > before);
        restart = tailing.snapshots[before]?.restart;
        await holdsReplay(tailing, folder);
        expect(tailing.snapshots.slice(before + 1).every((each) => each.restart === null)).toBe(true);
        expect(tailing.snapshots[before]?.manifest).toEqual(openBundle(folder).manifest);
      });
    });
    return restart;
  };

  it('is followed from its start when its log was cut', async () => {
    const cut = (folder: string): void => truncateSync(path.join(folder, 'trace.jsonl'), lines[0]?.length);
    expect(await restartAfter(cut)).toBe('truncated');
  });

  it('is followed from its start when its log was cut and written again, longer than before', async () => {
    const other = lines.map((line) => line.replace('rollout-m', 'another-rollout')).join('');
    const rewrite = (folder: string): void => writeFileSync(path.join(folder, 'trace.jsonl'), other);
    // Between the two steps of the write the log is empty, which may be seen or not.
    expect(await restartAfter(rewrite)).toBeOneOf(['truncated', 'replaced']);
  });

  it('is followed from its start when another log took the place of its own', async () => {
    const replace = (folder: string): void => {
      writeFileSync(path.join(folder, 'new.jsonl'), lines.join(''));
      renameSync(path.join(folder, 'new.jsonl'), path.join(folder, 'trace.jsonl'));
    };
    expect(await restartAfter(replace)).toBe('replaced');
  });

  it('is followed from its start when its folder was removed and came again', async () => {
    const again = (folder: string): void => {
      rmSync(folder, { recursive: true });
      writeFiles(
        folder,
        edited(sample, 'manifest.json', (text) => text.replace('trace-m', 'trace-n')),
      );
    };
    expect(await restartAfter(again)).toBe('replaced');
  });

  it('is followed from its start when another folder took its place, long before the next look', async () => {
    const swap = (folder: string): void => {
      const other = `${folder}-other`;
      writeFiles(
        other,
        edited(sample, 'manifest.json', (text) => text.replace('trace-m', 'trace-n')),
      );
      renameSync(folder, `${folder}-old`);
      renameSync(other, folder);
      rmSync(`${folder}-old`, { recursive: true });
    };
    expect(await restartAfter(swap, { ...quickly, pollMs: 400 })).toBe('replaced');
  });
});

describe('a payload that its event names', () => {
  const late = 'payloads/2.json';
  const without = (name: string): Files => new Map([...sample].filter(([file]) => file !== name));

  it.each([
    ['is not there yet', (folder: string) => rmSync(path.join(folder, late))],
    ['is not complete', (folder: string) => writeFileSync(path.join(folder, late), '{"response_id": ')],
  ])('is waited for when it %s, and so are all events behind it', (_, spoil) =>
    inStillTime((pass) =>
      inFolder(async (folder) => {
        writeFiles(folder, sample);
        spoil(folder);
        await whileTailing(tailBundle(folder, quickly), async (tailing) => {
          await until(() => tailing.snapshots.length > 0);
          pass(quickly.payloadWaitMs - 1);
          await sleep(60);
          expect(lastOf(tailing)).toMatchObject({ events: 6, diagnostics: [] });
          writeFiles(folder, sample);
          await until(() => tailing.snapshots.at(-1)?.events === lines.length);
          await holdsReplay(tailing, folder);
          expect(lastOf(tailing).diagnostics).toEqual([]);
        });
      }),
    ),
  );

  it('is reported when it does not come in time, and the events behind it go on', () =>
    inFolder(async (folder) => {
      writeFiles(folder, without(late));
      await whileTailing(tailBundle(folder, quickly), async (tailing) => {
        await until(() => tailing.snapshots.at(-1)?.events === lines.length);
        await holdsReplay(tailing, folder);
        expect(lastOf(tailing).diagnostics.map(({ code }) => code)).toContain('payload_missing');
      });
    }));

  it('is all that is waited for: whatever came meanwhile is shown at once behind it', () =>
    inFolder(async (folder) => {
      const [last = ''] = lines.slice(-1);
      writeFiles(folder, without(late));
      const patiently = { ...quickly, pollMs: 60_000, payloadWaitMs: 60_000 };
      await whileTailing(tailBundle(folder, patiently), async (tailing) => {
        await until(() => tailing.snapshots.length > 0);
        for (const again of [last, last, last]) {
          append(folder, again);
          await sleep(60);
        }
        expect(lastOf(tailing).events).toBe(6);
        writeFiles(path.join(folder, 'payloads'), new Map([['2.json', sample.get(late) ?? '']]));
        await until(() => tailing.snapshots.at(-1)?.events === lines.length + 3);
        expect(lastOf(tailing).events).toBe(lines.length + 3);
      });
    }));
});
