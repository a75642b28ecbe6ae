/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { viewServer, type ViewServer } from '../../src/node/view/view-server.js';
import { readViewerSite } from '../../src/node/view/viewer-site.js';
import { launchChromium } from './chromium.js';
import { recordSession, type RecordedWords } from './record-session.js';

const site = readViewerSite(fileURLToPath(new URL('../../dist/viewer/', import.meta.url)));

let browser: Browser;
let page: Page;
let folder: string;
let server: ViewServer | undefined;
/** Whatever a browser says is wrong. */
let complaints: string[];
beforeAll(async () => {
  browser = await launchChromium();
}, 120_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'viewer-recorded-'));
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  complaints = [];
  page.on('console', (message) => void complaints.push(message.text()));
  page.on('pageerror', (error) => void complaints.push(String(error)));
  page.on('dialog', (dialog) => void complaints.push(dialog.message()));
});
afterEach(async () => {
  await page.close();
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
  expect(complaints).toEqual([]);
});

const open = async (words: RecordedWords, hash = '#object=tool_calls:call_1'): Promise<void> => {
  server = await viewServer(recordSession(folder, words), { site });
  await page.goto(`${server.url}${hash}`);
  await page.waitForSelector('[data-ready=true]');
};

describe('a terminal', () => {
  const screen = () => page.locator('.terminal pre');
  const frames = Array.from({ length: 9 }, (_, at) => `\r\u001b[2K[${'#'.repeat(at)}]`).join('');

  it('shows what a program left on it, in its colours, and what it printed where somebody asks', async () => {
    await open({ output: `${frames} \u001b[1;31mfailed\u001b[0m again\nlast` });
    expect(await screen().innerText()).toBe('[########] failed again\nlast');
    expect(await page.locator('.terminal .ansi-red.bold').innerText()).toBe('failed');
    await page.getByRole('button', { name: 'characters as they came' }).click();
    expect(await screen().innerText()).toContain('␍␛[2K[##]␍␛[2K[###]');
  });

  it('shows the beginning of much output, and all of it where somebody asks, coloured to its end', async () => {
    const lines = Array.from({ length: 3000 }, (_, at) => `\u001b[32m+\u001b[0m line ${at} of a long log`);
    await open({ output: lines.join('\n') });
    expect(await screen().innerText()).not.toContain('line 2999 ');
    await page.getByRole('button', { name: /^all \d+ characters$/ }).click();
    await screen().evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.locator('.terminal .chunk:last-child .ansi-green').first().waitFor();
    expect(await screen().textContent()).toContain('+ line 2999 of a long log');
  });

  it('is found by the words that it shows', async () => {
    await open({ output: 'the \u001b[31mred\u001b[0m house' });
    await page.keyboard.press('/');
    await page.keyboard.type('red house');
    await page.locator('.hits').getByText('the red house').first().waitFor();
  });
});
