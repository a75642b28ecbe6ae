/// <reference lib="dom" />
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { viewServer, type ViewServer } from '../../src/node/view/view-server.js';
import { readViewerSite } from '../../src/node/view/viewer-site.js';
import { launchChromium, newPage } from './chromium.js';

const site = readViewerSite(fileURLToPath(new URL('../../dist/viewer/', import.meta.url)));
const EXAMPLE = 'examples/bundle';

let browser: Browser;
let page: Page;
let server: ViewServer | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  page = await newPage(browser, { viewport: { width: 1366, height: 768 } });
});
afterEach(async () => {
  await page.context().close();
  server?.close();
  server = undefined;
});

const open = async (bundle: string, hash = ''): Promise<void> => {
  server = await viewServer(bundle, { site });
  await page.goto(`${server.url}${hash}`);
  await page.waitForSelector('[data-ready=true]');
};
const holdsText = (selector: string, text: string | RegExp) =>
  page.locator(selector).filter({ hasText: text }).first().waitFor();

const nextFrame = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));

describe('the timeline under a mouse', () => {
  /** Pixels of the first row of tools, and of what stands left of the axis. */
  const TOOLS = 99;
  const GUTTER = 176;
  const EVENTS = 80;
  /** Where an event is on the screen, with all events in sight. */
  const placeOf = async (event: number): Promise<{ x: number; y: number; perEvent: number }> => {
    const box = await page.locator('canvas').boundingBox();
    if (!box) throw new Error('there is no timeline');
    const perEvent = (box.width - GUTTER) / (EVENTS * 1.02);
    return { x: box.x + GUTTER + (event + EVENTS * 0.01) * perEvent, y: box.y + TOOLS, perEvent };
  };
  const holdsSelected = (id: string) => holdsText('.detail-head', id);
  /** Waits until something is under the mouse: the page hears of a mouse, and draws anew, behind the call that moved it. */
  const holdsUnder = async (x: number, y: number, words: string): Promise<void> => {
    const wordsUnder = async (): Promise<string> => {
      // It is asked what is there when the mouse moves.
      await page.mouse.move(x + 1, y);
      await page.mouse.move(x, y);
      return (await page.locator('.hint').allInnerTexts()).join();
    };
    await expect.poll(wordsUnder).toContain(words);
  };

  beforeEach(async () => {
    await open(EXAMPLE);
    await page.locator('canvas').press('x');
    await page.getByRole('button', { name: 'by events' }).waitFor();
  });

  it('selects what is clicked, and says what it is before', async () => {
    const { x, y } = await placeOf(9.5);
    await holdsUnder(x, y, 'failed');
    await page.mouse.click(x, y);
    await holdsSelected('call_1');
  });

  it('moves with the mouse, which selects nothing then', async () => {
    const { x, y, perEvent } = await placeOf(9.5);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 6 * perEvent, y, { steps: 6 });
    await page.mouse.up();
    await holdsUnder(x, y, 'grep');
    expect(await page.locator('.detail-head').count()).toBe(0);
    await page.mouse.click(x, y);
    await holdsSelected('grep -n getTimezoneOffset');
  });

  it('grows around the mouse', async () => {
    const { x, y, perEvent } = await placeOf(9.5);
    await page.mouse.move(x, y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300 * Math.log(4));
    await page.keyboard.up('Control');
    const grown = x + 4 * 6 * perEvent;
    await holdsUnder(grown, y, 'grep');
    await page.mouse.click(grown, y);
    await holdsSelected('grep -n getTimezoneOffset');
    await holdsUnder(x, y, 'failed');
    await page.mouse.click(x, y);
    await holdsSelected('call_1');
    await page.getByRole('button', { name: 'all', exact: true }).click();
    const whole = (await placeOf(15.5)).x;
    await holdsUnder(whole, y, 'grep');
    await page.mouse.click(whole, y);
    await holdsSelected('grep -n getTimezoneOffset');
  });
});

describe('the part of the timeline that is shown', () => {
  /** What the canvas shows, as a picture. */
  const picture = async (): Promise<string> => {
    await page.getByRole('application', { name: 'timeline of 2 agents' }).waitFor();
    await nextFrame();
    await nextFrame();
    return page.locator('canvas').evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('there is no timeline');
      return canvas.toDataURL();
    });
  };
  const settled = () => page.waitForURL(/timeline\.range=/);

  it('is the same behind a link, and on the way back', async () => {
    await open(EXAMPLE, '#view=timeline');
    const whole = await picture();
    for (const key of ['+', '+', 'd']) await page.locator('canvas').press(key);
    await settled();
    const [address, part] = [page.url(), await picture()];
    expect(part).not.toBe(whole);
    await page.keyboard.press('6');
    await page.locator('.event-row').first().waitFor();
    await page.keyboard.press('1');
    await page.locator('canvas').press('0');
    await expect.poll(picture).toBe(whole);
    await expect.poll(() => page.url()).not.toContain('range');
    await page.goBack();
    await page.goBack();
    await expect.poll(picture).toBe(part);
    await page.goto('about:blank');
    await page.goto(address);
    await expect.poll(picture).toBe(part);
  });

  it('is all of it where the axis becomes another one', async () => {
    await open(EXAMPLE, '#view=timeline&timeline.range=1000,2000');
    await settled();
    await page.locator('canvas').press('x');
    await expect.poll(() => page.url()).not.toContain('range');
  });

  it.each(['9000000000,9000000001', 'x,y', '1,1'])(
    'is all of it where an address asks for %s',
    async (range) => {
      await open(EXAMPLE, '#view=timeline');
      const whole = await picture();
      await page.goto('about:blank');
      await page.goto(`${server?.url}#view=timeline&timeline.range=${range}`);
      await expect.poll(picture).toBe(whole);
    },
  );
});

describe('filters, by keys alone', () => {
  /** By arrows: what is typed into a menu counts as one word only where the keys follow each other fast. */
  const choose = async (label: string, wanted: string): Promise<void> => {
    const menu = page.getByRole('combobox', { name: label, exact: true });
    await menu.focus();
    const options = await menu.locator('option').allInnerTexts();
    const steps = options.findIndex((option) => option.startsWith(wanted));
    expect(steps).toBeGreaterThan(0);
    for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
  };

  it('leave out kinds and agents of the timeline, and stay', async () => {
    await open(EXAMPLE);
    await page.getByRole('button', { name: 'terminals' }).focus();
    await page.keyboard.press('Space');
    await choose('status', 'running');
    await holdsText('.canvas-empty', 'The filters leave nothing');
    await page.locator('canvas').focus();
    await page.keyboard.press('6');
    await page.locator('.event-row').first().waitFor();
    await page.keyboard.press('1');
    await holdsText('.canvas-empty', 'The filters leave nothing');
    const terminals = page.getByRole('button', { name: 'terminals' });
    expect(await terminals.getAttribute('aria-pressed')).toBe('false');
  });

  it('list the events of a kind, from one to the next', async () => {
    await open(EXAMPLE, '#view=events');
    await choose('kind', 'compaction i');
    await holdsText('.tools', '1 of 80 events');
    await page.locator('.list').focus();
    await page.keyboard.press('j');
    await holdsText('.detail-title', 'event 60');
  });
});

it('shows with an address what its sender saw', async () => {
  await open(EXAMPLE, '#view=timeline');
  await page.getByRole('button', { name: 'terminals' }).click();
  await page.getByRole('combobox', { name: 'status', exact: true }).selectOption('failed');
  await page.locator('canvas').press('x');
  await page.locator('canvas').press('+');
  await page.locator('canvas').press('d');
  await page.waitForURL(/timeline\.range=/);
  const [, range] = /timeline\.range=([^&]*)/.exec(page.url()) ?? [];
  await page.locator('canvas').press('2');
  await page.getByRole('combobox', { name: 'kind', exact: true }).selectOption('function call');
  await page.locator('.list').press('v');
  await page.locator('.list').press('6');
  await page.getByRole('combobox', { name: 'status', exact: true }).selectOption('failed');
  await holdsText('.tools', /^\D*3 of 80 events/s);
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await holdsText('.tools', '3 of 80 events');
  await page.locator('.list').press('2');
  await page.getByRole('button', { name: 'in full', pressed: true }).waitFor();
  await holdsText('.tools', /^\D*\d items/s);
  await page.locator('.list').press('1');
  await page.getByRole('button', { name: 'by events' }).waitFor();
  expect(await page.getByRole('button', { name: 'terminals' }).getAttribute('aria-pressed')).toBe('false');
  expect(page.url()).toContain(`timeline.range=${range}`);
});

it('leads from an object to what made it and back, by keys alone', async () => {
  await open(EXAMPLE, '#object=tool_calls:call_1');
  await page.getByRole('tab', { name: 'Links' }).focus();
  await page.keyboard.press('Enter');
  await holdsText('.story', 'What came of it');
  await page.locator('.story a', { hasText: 'terminal 4101' }).focus();
  await page.keyboard.press('Enter');
  await holdsText('.detail-title', 'terminal');
  await page.locator('.lineage a', { hasText: 'npm test' }).first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.lineage a', { hasText: 'gpt-5.5' }).first().waitFor();
});

it('goes to the first event of a kind, and says where there is none', async () => {
  await open(EXAMPLE);
  const menu = page.getByRole('combobox', { name: 'go to the first event of' });
  await menu.selectOption('first compaction');
  await holdsText('.scrubber-event', '60 / 80');
  await menu.selectOption('first of /root/check_dates');
  await holdsText('.scrubber-event', '33 / 80');
  await menu.selectOption('first problem');
  await holdsText('.said', 'there is none');
});

it('stays where somebody looks while the session goes on', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'viewer-growth-'));
  cpSync(EXAMPLE, folder, { recursive: true });
  const log = path.join(folder, 'trace.jsonl');
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  writeFileSync(log, `${lines.slice(0, 40).join('\n')}\n`);
  await open(folder, '#view=conversation&at=30');
  await page.locator('.message').first().waitFor();
  await page.locator('.list').evaluate((list) => list.scrollTo(0, 120));
  const look = () =>
    page.locator('.list').evaluate((list) => [list.scrollTop, list.scrollHeight, list.textContent]);
  // The rows are still measured, and moved by that.
  await expect
    .poll(async () => {
      const first = await look();
      for (let frame = 0; frame < 10; frame += 1) await nextFrame();
      return isDeepStrictEqual(await look(), first);
    })
    .toBe(true);
  const before = await look();
  appendFileSync(log, `${lines.slice(40).join('\n')}\n`);
  await holdsText('.scrubber-event', '30 / 80');
  await expect.poll(look).toEqual(before);
  rmSync(folder, { recursive: true });
});
