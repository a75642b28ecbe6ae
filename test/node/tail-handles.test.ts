import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { caseFiles } from '../cli/command.js';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';

const NODE_ENTRY = new URL('../../src/node/index.ts', import.meta.url).href;

/**
 * Tails a bundle that ends by itself, another that nobody ends, and roots, and unsubscribes; then ends by
 * itself, if nothing keeps it alive. Prints how many watchers and timers there were, and how many are left.
 */
const program = (folder: string): string => `
import { tailBundle, tailRoot } from ${JSON.stringify(NODE_ENTRY)};
const folder = ${JSON.stringify(folder)};
const missing = folder + '/is/not/there';
const tails = [
  tailBundle(folder + '/open'),
  tailBundle(missing),
  tailRoot(folder),
  tailRoot(missing),
  tailRoot(folder, { all: true }),
];
const count = () =>
  console.log(process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap' || name === 'Timeout').length);
const subscriptions = tails.map((tail$) => tail$.subscribe());
tailBundle(folder + '/complete').subscribe({
  complete() {
    setImmediate(() => setImmediate(() => {
      count();
      for (const subscription of subscriptions) subscription.unsubscribe();
      setImmediate(count);
    }));
  },
});
`;

it('leaves nothing behind that would keep a process alive', () =>
  withBundleOnDisk(
    new Map([
      ...[...caseFiles('agent-result')].map(([name, content]) => [path.join('open', name), content] as const),
      ...[...caseFiles('v2-recording-complete', 2)].map(
        ([name, content]) => [path.join('complete', name), content] as const,
      ),
    ]),
    (folder) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '--eval', program(folder)],
        { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8', timeout: 30_000 },
      );
      expect({ status, stderr, stdout }).toMatchObject({ status: 0, stderr: '' });
      const [before, after] = stdout.trim().split('\n').map(Number);
      // At least a watcher and a timer for each.
      expect(before).toBeGreaterThanOrEqual(10);
      expect(after).toBe(0);
    },
  ));
