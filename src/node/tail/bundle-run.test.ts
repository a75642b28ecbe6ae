import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { usualManifest } from '../../../test/helpers/fold.js';
import type { BundleLook, OpenLog } from './bundle-look.js';
import { bundleRun } from './bundle-run.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('gives the event loop its turn in the middle of a long line', () => {
  const unread = (): never => {
    throw new Error('nobody names a payload');
  };
  const files = { open: unread, readText: unread, readBytes: unread, decode: unread };
  const read = vi.fn<OpenLog['read']>((_offset, length) => {
    vi.advanceTimersByTime(20);
    return Buffer.alloc(length, 'x');
  });
  const look: BundleLook = {
    bundle: { manifest: usualManifest, files, payloads: { readNow: unread } },
    log: { identity: 'the only log', size: 2 ** 24, modifiedAt: 0, read },
  };
  const snapshots: unknown[] = [];
  const run = bundleRun(
    look,
    { settleMs: 0, payloadWaitMs: 0, quietMs: 0, idleMs: Infinity },
    { next: (snapshot) => snapshots.push(snapshot), error: unread },
  );
  expect(run.step(look)).toBe('turn');
  const first = read.mock.calls.length;
  expect(first).toBeLessThan(10);
  expect(run.step(look)).toBe('turn');
  expect(read.mock.calls.length).toBeGreaterThan(first);
  expect(snapshots).toHaveLength(1);
});
