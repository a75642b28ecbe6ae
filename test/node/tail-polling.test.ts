import { mkdirSync } from 'node:fs';
import type * as NodeFs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { tailBundle } from '../../src/node/index.js';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import { append, inFolder, lastOf, quickly, sampleLines, until, whileTailing, withLog } from './tailing.js';

const watching = vi.hoisted(() => ({ works: true }));
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof NodeFs>();
  const watch = (folder: string, changed: () => void) => {
    if (!watching.works) throw new Error('ENOSPC: no space left on device, watch');
    return fs.watch(folder, changed);
  };
  return { ...fs, watch };
});

const [first = '', second = ''] = sampleLines;

it.each([
  ['hears of an append from the file system, long before the next look', true, 60_000],
  ['looks by itself where the file system has no watcher to give', false, quickly.pollMs],
])('%s', (_, works, pollMs) =>
  inFolder(async (folder) => {
    watching.works = works;
    writeFiles(folder, withLog(first));
    await whileTailing(tailBundle(folder, { ...quickly, pollMs }), async (tailing) => {
      await until(() => tailing.snapshots.length === 1);
      append(folder, second);
      await until(() => tailing.snapshots.length === 2);
      expect(lastOf(tailing)).toMatchObject({ events: 2 });
    });
  }),
);

it('hears of a bundle that appears, and of the folders above it', () =>
  inFolder(async (root) => {
    watching.works = true;
    const folder = path.join(root, 'traces', 'trace-1');
    const empty = withLog('');
    await whileTailing(tailBundle(folder, { ...quickly, pollMs: 60_000 }), async (tailing) => {
      await sleep(20);
      mkdirSync(path.dirname(folder));
      await sleep(20);
      mkdirSync(folder);
      await sleep(20);
      writeFiles(folder, empty);
      await until(() => tailing.snapshots.length === 1);
      append(folder, first);
      await until(() => tailing.snapshots.length === 2);
      expect(lastOf(tailing)).toMatchObject({ events: 1, restart: null });
    });
  }));
