import { expect, it } from 'vitest';
import { replayBundle } from '../../src/node/index.js';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';

it('refuses a folder of bundles, and says what it may be', async () => {
  const files = new Map([['trace-1/manifest.json', '{}']]);
  await withBundleOnDisk(files, async (folder) => {
    await expect(replayBundle(folder)).rejects.toMatchObject({
      code: 'manifest_unreadable',
      problem: { hint: expect.stringContaining('not a folder of bundles') },
    });
  });
});
