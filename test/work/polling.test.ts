import type * as NodeFs from 'node:fs';
import { expect, it, vi } from 'vitest';
import { tailBundle } from '../../src/node/index.js';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import { inFolder, quickly, sampleLines, until, whileTailing, withLog } from '../node/tailing.js';

/** What the tail did with files since it was last set to nothing. */
const work = vi.hoisted(() => ({ opened: new Array<string>(), bytes: 0, looks: 0 }));
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof NodeFs>();
  const openSync = (path: string, flags: string | number): number => {
    work.opened.push(path);
    work.looks += path.endsWith('.jsonl') ? 1 : 0;
    return fs.openSync(path, flags);
  };
  const readSync = (descriptor: number, into: Buffer, at: number, length: number, place: number | null) => {
    const count = fs.readSync(descriptor, into, at, length, place);
    work.bytes += count;
    return count;
  };
  return { ...fs, openSync, readSync };
});

/** By which the tail knows that what it has read still stands there. */
const SEAL_AND_MANIFEST = 1024;
const LOOKS = 10;

it('reads and parses nothing of a bundle that is as it was', () =>
  inFolder(async (folder) => {
    writeFiles(folder, withLog(sampleLines.slice(0, -1).join('')));
    await whileTailing(tailBundle(folder, { ...quickly, quietMs: 60_000 }), async ({ snapshots }) => {
      await until(() => snapshots.length === 1 && work.looks > 2);
      Object.assign(work, { opened: [], bytes: 0, looks: 0 });
      const parse = vi.spyOn(JSON, 'parse');
      await until(() => work.looks >= LOOKS);
      const parsed = parse.mock.calls.map(([text]) => text);
      parse.mockRestore();
      expect(work.looks).toBeGreaterThanOrEqual(LOOKS);
      expect(work.bytes).toBeLessThan(work.looks * SEAL_AND_MANIFEST);
      expect(work.opened.filter((path) => !/(?:manifest\.json|trace\.jsonl)$/.test(path))).toEqual([]);
      expect(parsed.filter((text) => text.includes('"seq"'))).toEqual([]);
      expect(snapshots).toHaveLength(1);
    });
  }));
