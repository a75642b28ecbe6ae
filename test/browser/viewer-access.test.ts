/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewServer, type ViewServer } from '../../src/node/view/view-server.js';
import { readViewerSite } from '../../src/node/view/viewer-site.js';
import { launchChromium } from './chromium.js';

const site = readViewerSite(fileURLToPath(new URL('../../dist/viewer/', import.meta.url)));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let server: ViewServer;
beforeAll(async () => {
  browser = await launchChromium();
  server = await viewServer('examples/bundle', { site });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const open = async (hash: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, colorScheme });
  await page.goto(`${server.url}${hash}`);
  await page.waitForSelector('[data-ready=true]');
  return page;
};
const holds = (page: Page, selector: string) => page.locator(selector).first().waitFor();
/** What hinders somebody: each rule that is broken, and where. */
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const results: AxeResults = await page.evaluate('axe.run()');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
};

describe.each(['light', 'dark'] as const)('what is %s', (theme) => {
  it.each([
    ['timeline', '.legend'],
    ['conversation', '.message'],
    ['agents', '.agent-box'],
    ['usage', '.bar'],
    ['problems', '.problems .chip'],
    ['events', '.event-row'],
  ])('can be read and used by all, in %s', async (view, part) => {
    const page = await open(`#view=${view}&object=tool_calls:call_1`, theme);
    await page.locator(part).first().waitFor();
    await page.locator('.terminal').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it.each([
    ['/', '.hits mark'],
    ['?', '.keys'],
  ])('can be read and used by all, in what %s opens', async (key, part) => {
    const page = await open('', theme);
    await page.keyboard.press(key);
    if (key === '/') await page.keyboard.type('npm');
    await page.locator(part).first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});

describe('keys', () => {
  it('reach whatever can be pressed, and show where they are', async () => {
    const page = await open('#view=agents');
    await page.locator('.agent-box').first().waitFor();
    await page.locator('body').focus();
    const reached = new Set<string>();
    for (let press = 0; press < 60; press += 1) {
      await page.keyboard.press('Tab');
      const [name, outline] = await page.evaluate(() => {
        const element = document.activeElement ?? document.body;
        return [
          element.closest('[class]')?.getAttribute('class') ?? '',
          getComputedStyle(element).outlineStyle,
        ];
      });
      if (name !== '' && name !== undefined) {
        reached.add(name);
        expect([name, outline]).not.toEqual([name, 'none']);
      }
    }
    expect([...reached]).toEqual(
      expect.arrayContaining([
        'chip',
        'search-button',
        'agent',
        'agent-box',
        'agent-link',
        'object-link',
        'milestones',
      ]),
    );
    await page.close();
  });

  it('are for the timeline, the conversation or the events as soon as they are opened', async () => {
    const page = await open('');
    await holds(page, 'canvas:focus');
    await page.keyboard.press('2');
    await holds(page, '.conversation .list:focus');
    await page.keyboard.press('6');
    await holds(page, '.events .list:focus');
    await page.keyboard.press('1');
    await holds(page, 'canvas:focus');
    await page.keyboard.press('j');
    await holds(page, '.detail-head');
    await page.close();
  });

  it('open an agent as they press a button', async () => {
    const page = await open('#view=agents');
    for (const [index, key] of ['Enter', 'Space'].entries()) {
      const agent = page.locator('.agent-box').nth(index);
      await agent.focus();
      await page.keyboard.press(key);
      await expect.poll(() => agent.getAttribute('aria-current')).toBe('true');
    }
    await page.close();
  });

  it('go through a list by arrows, but leave those of a choice alone', async () => {
    const page = await open('#view=conversation');
    await page.locator('.message').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await holds(page, '[data-index="0"] .message[aria-current]');
    await page.getByRole('combobox', { name: 'kind', exact: true }).focus();
    await page.keyboard.press('j');
    await holds(page, '[data-index="0"] .message[aria-current]');
    await page.close();
  });
});
