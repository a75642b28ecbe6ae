/// <reference lib="dom" />
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redirectPage } from '../../src/cli/redirect-page.js';
import { singleFile } from '../../src/node/view/single-file.js';
import { viewServer, type ViewServer } from '../../src/node/view/view-server.js';
import { readViewerSite } from '../../src/node/view/viewer-site.js';
import { launchChromium, newPage } from './chromium.js';

const site = readViewerSite(fileURLToPath(new URL('../../dist/viewer/', import.meta.url)));
const EXAMPLE = 'examples/bundle';

describe('the viewer', () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  let server: ViewServer | undefined;
  /** Whatever a browser says is wrong, a breach of the policy included. */
  let complaints: string[];
  let requested: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'viewer-'));
    page = await newPage(browser, { viewport: { width: 1366, height: 768 } });
    complaints = [];
    requested = [];
    page.on('console', (message) => void complaints.push(message.text()));
    page.on('pageerror', (error) => void complaints.push(String(error)));
    page.on('dialog', (dialog) => void complaints.push(dialog.message()));
    page.on('request', (request) => void requested.push(request.url()));
  });
  afterEach(async () => {
    await page.context().close();
    server?.close();
    server = undefined;
    rmSync(folder, { recursive: true });
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });

  const isReady = () => page.waitForSelector('[data-ready=true]');
  const open = async (bundle: string, hash = ''): Promise<void> => {
    server = await viewServer(bundle, { site });
    await page.goto(`${server.url}${hash}`);
    await isReady();
  };
  const writeFile = async (bundle: string, redact = false): Promise<string> => {
    const file = path.join(folder, 'page.html');
    let html = '';
    for await (const piece of singleFile(bundle, { site, redact, signal: new AbortController().signal })) {
      html += piece;
    }
    writeFileSync(file, html);
    return file;
  };
  const textOf = (selector: string) => page.locator(selector).innerText();
  const holdsText = (selector: string, text: string | RegExp) =>
    page.locator(selector).filter({ hasText: text }).first().waitFor();

  it('shows a served bundle, and asks nobody but its server', async () => {
    await open(EXAMPLE);
    await holdsText('.glance', /completed.*gpt-5\.5.*3 failed.*0 problems/s);
    await holdsText('.tree', 'check_dates');
    const { origin } = new URL(server?.url ?? '');
    expect(requested.filter((url) => !url.startsWith(`${origin}/`) && url !== 'data:,')).toEqual([]);
  });

  it('shows a page that was written to a file, and asks nobody', async () => {
    const file = await writeFile(EXAMPLE);
    await page.goto(`file://${file}`);
    await isReady();
    await holdsText('.glance', 'gpt-5.5');
    expect(requested.filter((url) => !/^(?:file|blob|data):/.test(url))).toEqual([]);
  });

  it('lets neither a page nor its worker run made code or ask anybody else', async () => {
    const tries = `
      const refused = async (attempt) => {
        try { await attempt(); return false; } catch { return true; }
      };
      Promise.all([
        refused(() => eval('1')),
        refused(() => new Function('1')()),
        refused(() => fetch('http://127.0.0.1:9/away')),
      ]).then((all) => postMessage(all));`;
    const inWorker = async (): Promise<unknown> => {
      return page.evaluate(
        (code) =>
          new Promise((resolve) => {
            const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
            worker.addEventListener('message', ({ data }) => resolve(data));
            worker.addEventListener('error', () => resolve('no worker'));
          }),
        tries,
      );
    };
    await page.goto(`file://${await writeFile(EXAMPLE)}`);
    await isReady();
    expect(await inWorker()).toEqual([true, true, true]);
    await open(EXAMPLE);
    // The one of a server comes from the server, or not at all.
    expect(await inWorker()).toBe('no worker');
    expect(await page.evaluate(() => fetch('http://127.0.0.1:9/').then(Boolean, () => 'refused'))).toBe(
      'refused',
    );
    expect(requested.filter((url) => url.includes(':9/'))).toEqual([]);
    expect(
      complaints.splice(0).every((complaint) => /Content Security Policy|violates/.test(complaint)),
    ).toBe(true);
  });

  it('is opened by a file that leads to it, which no entry in the history leads back to', async () => {
    server = await viewServer(EXAMPLE, { site });
    await page.goto(redirectPage(server.url, folder).url);
    await isReady();
    expect(page.url()).toBe(server.url);
    expect(await page.evaluate(() => [document.referrer, history.length])).toEqual(['', 2]);
  });

  it('refuses whoever does not know the token', async () => {
    server = await viewServer(EXAMPLE, { site });
    await page.goto(server.url.replace(/token=.*/, 'token=guess'));
    await holdsText('.notice', 'the server refused');
  });

  it('follows a session that goes on', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    const log = path.join(folder, 'trace.jsonl');
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    writeFileSync(log, `${lines.slice(0, 30).join('\n')}\n`);
    await open(folder);
    await holdsText('.scrubber-event', '30 / 30');
    await holdsText('.glance', 'live');
    appendFileSync(log, `${lines.slice(30).join('\n')}\n`);
    await holdsText('.scrubber-event', `${lines.length} / ${lines.length}`);
    await holdsText('.glance', 'completed');
    writeFileSync(log, `${lines.slice(0, 5).join('\n')}\n`);
    await holdsText('.scrubber-event', '5 / 5');
  });

  it('opens any object and any event by its address', async () => {
    await open(EXAMPLE, '#view=conversation&object=tool_calls:call_1');
    await holdsText('.detail-title', 'exec_command');
    await holdsText('.terminal', 'exit code 1');
    await page.getByRole('tab', { name: 'The model saw' }).click();
    await holdsText('.detail-body', 'Process exited with code 1');
    await page.getByRole('tab', { name: 'Raw evidence' }).click();
    await holdsText('.event-list', 'tool call runtime ended');
    await page.locator('.payload summary').first().click();
    await holdsText('.payload .code', 'tool_name');
    await page.evaluate(() => {
      location.hash = '#event=8';
    });
    await holdsText('.detail-title', 'tool call started');
    await holdsText('.detail-body', '"tool_call_id": "call_1"');
  });

  it('is used by keys alone', async () => {
    await open(EXAMPLE);
    await page.keyboard.press('ArrowLeft');
    await holdsText('.scrubber-event', '79 / 80');
    await page.keyboard.press('Home');
    await holdsText('.scrubber-event', '0 / 80');
    await page.keyboard.press('f');
    await holdsText('.scrubber-event', '10 / 80');
    await holdsText('.glance', '1 failed');
    await page.keyboard.press('End');
    await page.keyboard.press('?');
    await holdsText('dialog', 'one event back');
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await page.locator('.list').focus();
    await page.keyboard.press('j');
    await holdsText('.message[aria-current]', 'harbour');
    await page.keyboard.press('/');
    await page.keyboard.type('06:12');
    await holdsText('.hits', 'expected 06:12');
    await page.keyboard.press('Enter');
    await holdsText('.detail-body', '06:12');
  });

  it('shows the session as it stood at any event', async () => {
    await open(EXAMPLE, '#view=conversation&at=20');
    await page.locator('.message').first().waitFor();
    const early = await page.locator('.message').count();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('.message').count()).toBeGreaterThan(early);
    await open(EXAMPLE, '#at=31');
    await holdsText('.scrubber-event', '31 / 80');
    expect(await textOf('.tree')).not.toContain('check_dates');
  });

  it('takes nothing that was recorded for markup', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    const attack = `<img src=x onerror=alert(1)></script><script>alert(2)</script><!--\u001b[31mred`;
    for (const name of [
      'trace.jsonl',
      ...Array.from({ length: 40 }, (_, index) => `payloads/${index + 1}.json`),
    ]) {
      const file = path.join(folder, name);
      const quoted = JSON.stringify(attack).slice(1, -1);
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replaceAll('tides', quoted).replaceAll('gpt-5.5', quoted),
      );
    }
    for (const url of [undefined, `file://${await writeFile(folder)}`]) {
      if (url === undefined) await open(folder, '#view=conversation&object=tool_calls:call_1');
      else await page.goto(`${url}#view=conversation&object=tool_calls:call_1`);
      await isReady();
      await holdsText('.terminal', '<img src=x onerror=alert(1)>');
      for (const key of ['1', '2', '3', '4', '5', '6']) await page.keyboard.press(key);
      await page.keyboard.press('2');
      await page.getByRole('button', { name: 'in full' }).click();
      await holdsText('.message', '<img src=x onerror=alert(1)>');
      expect(await page.locator('img, .app script').count()).toBe(0);
    }
  });

  it('leaves nothing that was said in a redacted page', async () => {
    const file = await writeFile(EXAMPLE, true);
    await page.goto(`file://${file}#view=conversation`);
    await isReady();
    await holdsText('.message', '[text ');
    expect(await textOf('.app')).not.toMatch(/tide|harbour|robin|Europe/i);
    await holdsText('.glance', /gpt-5\.5.*3 failed.*0 problems/s);
  });

  it('is light or dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open(EXAMPLE);
    const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
    await expect.poll(theme).toBe('dark');
    await page.keyboard.press('t');
    await expect.poll(theme).toBe('light');
  });

  it('shows its views one above the other where there is no room beside', async () => {
    await page.setViewportSize({ width: 400, height: 768 });
    await open(EXAMPLE);
    for (const key of ['1', '2', '3', '4', '5', '6']) {
      await page.keyboard.press(key);
      await page.locator('.tabs [aria-current=page]').filter({ hasText: key }).waitFor();
      const box = await page.locator('.stage').boundingBox();
      expect([box?.x, box?.width]).toEqual([0, 400]);
      expect(box?.height).toBeGreaterThan(200);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    }
  });

  it('fits on a laptop', async () => {
    await open(EXAMPLE, '#object=tool_calls:call_1');
    const overflow = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - innerWidth,
      high: document.documentElement.scrollHeight - innerHeight,
    }));
    expect(overflow).toEqual({ wide: 0, high: 0 });
  });
});
