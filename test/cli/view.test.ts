import {
  cpSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { openerOf } from '../../src/cli/open-browser.js';
import { withBundleOnDisk, writeFiles } from '../helpers/bundle-on-disk.js';
import { caseFiles, command, edited, started } from './command.js';

const EXAMPLE = 'examples/bundle';

const [OPENER] = openerOf(process.platform, '');
/** In the place of the program that opens pages: it tells how it was called. */
const openerThatTells = new Map([
  [OPENER, '#!/bin/sh\nprintf "%s\\n" "$@" > "$TMPDIR/new" && /bin/mv "$TMPDIR/new" "$TMPDIR/args"\n'],
]);
/** Node.js 22 and later would make the folder of temporary files, and keep there what they compiled. */
const NO_CACHE = { NODE_DISABLE_COMPILE_CACHE: '1' };
const inFolder = (folder: string) => ({ ...NO_CACHE, PATH: folder, TMPDIR: folder, HOME: folder });

/** The address that the command prints. */
const addressOf = ({ child }: ReturnType<typeof started>): Promise<URL> =>
  new Promise((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith('\n')) resolve(new URL(text.trim()));
    });
  });

const recordingAt = (address: URL): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { 'x-rollout-trace-token': address.searchParams.get('token') ?? '' };
    get(new URL('/recording', address), { headers }, resolve).on('error', reject);
  });

describe('rollout-trace view', () => {
  it('prints an address, and ends with Ctrl-C while pages are open', async () => {
    const running = started(['view', '--no-open', EXAMPLE]);
    const address = await addressOf(running);
    const pages = await Promise.all(Array.from({ length: 20 }, () => recordingAt(address)));
    for (const page of pages) page.on('error', () => {});
    expect(pages.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 200));
    running.child.kill('SIGINT');
    const { code, signal, stderr } = await running.outcome;
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(stderr).toBe(`Shows ${EXAMPLE} until Ctrl-C. Whoever has the address can read it.\n`);
    await expect(recordingAt(address)).rejects.toThrow('ECONNREFUSED');
  });

  it('opens a browser whose arguments do not hold the token, and leaves nothing behind', () =>
    withBundleOnDisk(openerThatTells, async (folder) => {
      chmodSync(path.join(folder, OPENER), 0o755);
      const args = path.join(folder, 'args');
      const running = started(['view', EXAMPLE], [], inFolder(folder));
      const address = await addressOf(running);
      await vi.waitFor(() => expect(existsSync(args)).toBe(true), { timeout: 10_000 });
      const [given = '', ...others] = readFileSync(args, 'utf8').trim().split('\n');
      expect([path.dirname(path.dirname(fileURLToPath(given))), others]).toEqual([folder, []]);
      expect(given).not.toContain(address.searchParams.get('token'));
      expect(readFileSync(new URL(given), 'utf8')).toContain(`url=${address.href}"`);
      (await recordingAt(address)).destroy();
      await vi.waitFor(() => expect(existsSync(new URL(given))).toBe(false));
      running.child.kill('SIGINT');
      expect(await running.outcome).toMatchObject({ code: 0, stdout: `${address.href}\n` });
      expect(readdirSync(folder).toSorted()).toEqual(['args', OPENER].toSorted());
    }));

  it('removes the page that leads to it when it ends, though nobody came', () =>
    withBundleOnDisk(openerThatTells, async (folder) => {
      chmodSync(path.join(folder, OPENER), 0o755);
      const running = started(['view', EXAMPLE], [], inFolder(folder));
      await vi.waitFor(() => expect(readdirSync(folder)).toContain('args'), { timeout: 10_000 });
      running.child.kill('SIGINT');
      await running.outcome;
      expect(readdirSync(folder).toSorted()).toEqual(['args', OPENER].toSorted());
    }));

  it('goes on where there is no browser, or no room for the page that leads to it', () =>
    withBundleOnDisk(new Map(), async (folder) => {
      const alone = started(['view', EXAMPLE], [], inFolder(folder));
      const nowhere = { ...inFolder(folder), TMPDIR: path.join(folder, 'none') };
      const roomless = started(['view', EXAMPLE], [], nowhere);
      for (const address of await Promise.all([alone, roomless].map(addressOf))) {
        const page = await recordingAt(address);
        expect(page.statusCode).toBe(200);
        page.destroy();
      }
      for (const { child } of [alone, roomless]) child.kill('SIGINT');
      expect(await alone.outcome).toMatchObject({ code: 0, stderr: expect.not.stringContaining('cannot') });
      expect((await roomless.outcome).stderr).toContain('cannot open a browser: ENOENT');
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('refuses a port that another program has, and says what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const at = other.address();
    const port = typeof at === 'object' && at ? String(at.port) : '';
    const { code, stderr } = await command('view', '--no-open', '--port', port, EXAMPLE);
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`error: cannot listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`);
    expect(stderr).toContain('Name another port');
  });

  it('waits for a session that is still to begin, and shows the newest of a folder', () =>
    withBundleOnDisk(new Map(), async (root) => {
      const running = started(['view', '--no-open', root]);
      const address = addressOf(running);
      await new Promise((resolve) => running.child.stderr.once('data', resolve));
      writeFiles(path.join(root, 'trace-1'), caseFiles('incremental'));
      const page = await recordingAt(await address);
      page.destroy();
      running.child.kill('SIGINT');
      expect((await running.outcome).stderr).toContain(`waiting for a bundle: ${root}\n`);
    }));

  it('ends with Ctrl-C where nothing comes', () =>
    withBundleOnDisk(new Map(), async (root) => {
      const running = started(['view', '--no-open', path.join(root, 'later')]);
      await new Promise((resolve) => running.child.stderr.once('data', resolve));
      running.child.kill('SIGINT');
      expect(await running.outcome).toMatchObject({ code: 0, signal: null, stdout: '' });
    }));

  it('writes a page that only its owner can read, and leaves no draft', () =>
    withBundleOnDisk(new Map([['old.html', 'old']]), async (folder) => {
      const file = path.join(folder, 'old.html');
      expect(await command('view', '--out', file, EXAMPLE)).toMatchObject({
        code: 0,
        stdout: `${file}\n`,
        stderr: '',
      });
      expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder)).toEqual(['old.html']);
    }));

  it('writes a page of a torn log, tells its problem as the other commands do, and exits with 3', () =>
    withBundleOnDisk(
      edited(caseFiles('incremental'), 'trace.jsonl', (text) => text.slice(0, -9)),
      async (bundle) => {
        const file = path.join(bundle, 'page.html');
        const { code, stdout, stderr } = await command('view', '--redact', '--out', file, bundle);
        expect({ code, stdout }).toEqual({ code: 3, stdout: `${file}\n` });
        expect(stderr).toMatch(/^trace\.jsonl:8: .* \[line_torn\]\n {2}.*\nwritten in spite of 1 problem\n$/);
        expect(readFileSync(file, 'utf8')).toMatch(/<\/html>\n$/);
      },
    ));

  it('writes no page over a folder, nor where it cannot, and leaves nothing behind', () =>
    withBundleOnDisk(new Map(), async (root) => {
      mkdirSync(path.join(root, 'folder'));
      const onFolder = await command('view', '--out', path.join(root, 'folder'), EXAMPLE);
      expect([onFolder.code, onFolder.stderr]).toEqual([1, expect.stringContaining('folder is a folder')]);
      const nowhere = await command('view', '--out', path.join(root, 'no/page.html'), EXAMPLE);
      expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('cannot write')]);
      expect(readdirSync(root)).toEqual(['folder']);
    }));

  it('leaves the page that was there where the new one fails', () =>
    withBundleOnDisk(caseFiles('incremental'), async (bundle) => {
      const file = path.join(bundle, 'kept.html');
      writeFileSync(file, 'kept');
      writeFileSync(path.join(bundle, 'manifest.json'), '{}');
      const { code, stderr } = await command('view', '--out', file, bundle);
      expect([code, stderr]).toEqual([1, expect.stringContaining('manifest_unreadable')]);
      expect(readFileSync(file, 'utf8')).toBe('kept');
    }));

  it('writes no page of a bundle that has lost its log', () =>
    withBundleOnDisk(new Map([['manifest.json', '']]), async (bundle) => {
      cpSync(path.join(EXAMPLE, 'manifest.json'), path.join(bundle, 'manifest.json'));
      const file = path.join(bundle, 'page.html');
      const { code, stderr } = await command('view', '--out', file, bundle);
      expect([code, stderr]).toEqual([1, expect.stringContaining('log_unreadable')]);
      expect(existsSync(file)).toBe(false);
    }));

  it('says what is no bundle', async () => {
    const { code, stderr } = await command('view', '--out', 'page.html', 'src');
    expect([code, stderr]).toEqual([1, expect.stringContaining('src is not a bundle')]);
    expect(existsSync('page.html')).toBe(false);
    expect((await command('view', '--redact', EXAMPLE)).code).toBe(2);
  });
});
