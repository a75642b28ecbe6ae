import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { caseFiles, edited } from '../cli/command.js';
import { withBundleOnDisk, type Files } from '../helpers/bundle-on-disk.js';

const NODE_ENTRY = new URL('../../src/node/index.ts', import.meta.url).href;

/**
 * Tails a bundle that ends by itself, others in each state in which a tail can wait, one that is left while it gives
 * a snapshot, one that fails, and roots, and unsubscribes; then ends by itself, if nothing keeps it alive. Prints how many watchers and timers there were, and how many are left.
 */
const program = (folder: string): string => `
import { tailBundle, tailRoot } from ${JSON.stringify(NODE_ENTRY)};
const folder = ${JSON.stringify(folder)};
const missing = folder + '/is/not/there';
const tails = [
  tailBundle(folder + '/open'),
  tailBundle(missing),
  tailBundle(folder + '/alone/late', { payloadWaitMs: 60_000 }),
  tailBundle(folder + '/alone/torn', { pollMs: 60_000 }),
  tailBundle(folder + '/alone/begun', { payloadWaitMs: 60_000 }),
  tailRoot(folder),
  tailRoot(missing),
  tailRoot(folder, { all: true }),
];
const count = () =>
  console.log(process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap' || name === 'Timeout').length);
const subscriptions = tails.map((tail$) => tail$.subscribe());
const left = tailBundle(folder + '/open').subscribe(() => left.unsubscribe());
tailBundle(folder + '/alone/unknown').subscribe({ error() {} });
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

const open = caseFiles('agent-result');
const below = (name: string, files: Files): readonly (readonly [string, Uint8Array | string])[] =>
  [...files].map(([file, content]) => [path.join(name, file), content]);
const bundles = new Map([
  ...below('open', open),
  ...below('alone/late', new Map([...open].filter(([file]) => file !== 'payloads/2.json'))),
  ...below(
    'torn',
    edited(open, 'trace.jsonl', (text) => text.slice(0, -20)),
  ),
  ...below(
    'begun',
    edited(open, 'manifest.json', (text) => text.slice(0, 20)),
  ),
  ...below(
    'alone/unknown',
    edited(open, 'manifest.json', (text) => text.replace('_version": 1', '_version": 9')),
  ),
  ...below('complete', caseFiles('v2-recording-complete', 2)),
]);

it('leaves nothing behind that would keep a process alive', () =>
  withBundleOnDisk(bundles, (folder) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program(folder)],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8', timeout: 120_000 },
    );
    expect({ status, stderr, stdout }).toMatchObject({ status: 0, stderr: '' });
    const [before, after] = stdout.trim().split('\n').map(Number);
    // At least a watcher and a timer for each.
    expect(before).toBeGreaterThanOrEqual(16);
    expect(after).toBe(0);
  }));
