import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateBundle } from '../../bench/generate/generate.js';
import { DEFAULTS } from '../../bench/generate/options.js';
import { viewServer } from '../../src/node/view/view-server.js';
import { readViewerSite } from '../../src/node/view/viewer-site.js';
import { launchChromium } from './chromium.js';

const site = readViewerSite(fileURLToPath(new URL('../../dist/viewer/', import.meta.url)));
let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launchChromium();
  folder = mkdtempSync(path.join(tmpdir(), 'viewer-speed-'));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

it('keeps the page small, however long the session', async () => {
  const out = path.join(folder, 'bundle');
  const { events } = generateBundle({ ...DEFAULTS, out, events: 10_000, mode: 'incremental' });
  const server = await viewServer(out, { site });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(`${server.url}#view=conversation`);
  await page.waitForSelector('[data-ready=true]');
  await page
    .locator('.scrubber-event')
    .filter({ hasText: `${events} / ${events}` })
    .waitFor();
  const rows = () => page.locator('.list-row').count();
  expect(await page.locator('.tools').innerText()).toMatch(/\d{4} items/);
  expect(await rows()).toBeLessThan(60);
  await page.keyboard.press('6');
  await page.locator('.event-row').first().waitFor();
  expect(await rows()).toBeLessThan(100);
  expect(await page.locator('*').count()).toBeLessThan(2000);
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
  );
  expect(paint).toBeLessThan(1000);
  server.close();
});
