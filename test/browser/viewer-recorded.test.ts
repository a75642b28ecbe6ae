/// <reference lib="dom" />
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
});

const openBundle = async (bundle: string, hash = ''): Promise<void> => {
  server = await viewServer(bundle, { site });
  await page.goto(`${server.url}${hash}`);
  await page.waitForSelector('[data-ready=true]');
};
const open = (words: RecordedWords, hash = '#object=tool_calls:call_1'): Promise<void> =>
  openBundle(recordSession(folder, words), hash);
const holdsText = (selector: string, text: string) =>
  page.locator(selector).filter({ hasText: text }).first().waitFor();
const boxOf = async (selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not on the page`);
  return box;
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
    await holdsText('.hits', 'the red house');
  });
});

it('places agents whose ids are the names of what objects have', async () => {
  await open({ options: { threadId: 'constructor' }, children: 2 }, '#view=agents');
  await page.locator('.agent-box').nth(2).waitFor();
  expect((await boxOf('.agents svg')).width).toBeGreaterThan(300);
});

it('keeps names in their places, however long they are', async () => {
  const long = 'm'.repeat(500);
  await open({ options: { model: long, nickname: long }, children: 1 }, '#view=agents');
  await page.locator('.agent-box').first().waitFor();
  const [box, line, glance, figure] = await Promise.all(
    ['.agent-box rect', '.agent-box .agent-box-line', '.glance', '.figure'].map(boxOf),
  );
  expect((line?.x ?? 0) + (line?.width ?? 0)).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0));
  expect(figure?.width).toBeLessThan((glance?.width ?? 0) / 2);
});

it('lets recorded words turn no others around', async () => {
  const turned = '\u202eabc';
  await open({ callId: turned, command: turned }, '#view=events&event=6');
  const link = page.locator('.links .object-link').first();
  await link.waitFor();
  const isolated = ['.links .object-link', '.code span', '.event-row span'];
  for (const selector of isolated) {
    const style = await page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { unicodeBidi, display } = getComputedStyle(element);
        return `${unicodeBidi} ${display}`;
      });
    expect(style).toMatch(/isolate|block/);
  }
  await page.keyboard.press('/');
  await page.keyboard.type('abc');
  const title = page.locator('.hit-title', { hasText: turned }).first();
  await title.waitFor();
  // What stands behind the words in the text stands behind them on the screen.
  const [words, behind] = [title.locator('bdi'), title.locator('small')];
  const [first, second] = [await words.boundingBox(), await behind.boundingBox()];
  expect((first?.x ?? 0) + (first?.width ?? 0)).toBeLessThanOrEqual(second?.x ?? 0);
});

it('shows a session of which nothing but its manifest was written', async () => {
  copyFileSync('examples/bundle/manifest.json', path.join(folder, 'manifest.json'));
  writeFileSync(path.join(folder, 'trace.jsonl'), '');
  await openBundle(folder);
  await holdsText('.canvas-empty', 'Nothing has happened yet.');
  await page.keyboard.press('3');
  await holdsText('.stage', 'No agent has begun yet.');
});

it('tells the time of a session whose last line is torn by the line before', async () => {
  copyFileSync('examples/bundle/manifest.json', path.join(folder, 'manifest.json'));
  mkdirSync(path.join(folder, 'payloads'));
  const lines = readFileSync('examples/bundle/trace.jsonl', 'utf8').split('\n');
  writeFileSync(path.join(folder, 'trace.jsonl'), `${lines.slice(0, 20).join('\n')}\n{"schema_ver`);
  await openBundle(folder);
  expect(await page.locator('.glance').innerText()).toMatch(/took\s+5\.4 s/);
  await holdsText('.first-look', '/root has run for 5.4 s');
});

it('shows the tab of the view that is open, in a narrow window too', async () => {
  await page.setViewportSize({ width: 400, height: 768 });
  await open({}, '#view=events');
  const { x, width } = await boxOf('.tabs [aria-current=page]');
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(400);
});
