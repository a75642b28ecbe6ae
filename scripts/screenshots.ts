import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { viewServer } from '../src/node/view/view-server.js';
import { readViewerSite } from '../src/node/view/viewer-site.js';
import { launchChromium } from '../test/browser/chromium.js';

// Pictures of the main views, for the README: npx tsx scripts/screenshots.ts [BUNDLE] [FOLDER]

const from = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const [bundle = from('../examples/bundle'), folder = from('../docs/images')] = process.argv.slice(2);

const pictures = [
  ['timeline', 'light', '#view=timeline&object=tool_calls:call_1'],
  ['conversation', 'light', '#view=conversation&object=code_cells:code_cell:call_2'],
  ['agents', 'light', '#view=agents'],
  ['tokens', 'dark', '#view=usage'],
  ['timeline-dark', 'dark', '#view=timeline'],
] as const;

mkdirSync(folder, { recursive: true });
const server = await viewServer(bundle, { site: readViewerSite(from('../dist/viewer/')) });
const browser = await launchChromium();
try {
  for (const [name, colorScheme, hash] of pictures) {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 760 },
      colorScheme,
      timezoneId: 'UTC',
    });
    await page.goto(`${server.url}${hash}`);
    await page.waitForSelector('[data-ready=true]');
    // The last answers of the worker are drawn a frame after they came.
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
