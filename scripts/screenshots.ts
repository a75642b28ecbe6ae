import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { viewServer } from '../src/node/view/view-server.js';
import { readViewerSite } from '../src/node/view/viewer-site.js';
import { launchChromium } from '../test/browser/chromium.js';

// Pictures of the main views, for the README: npm run screenshots -- [BUNDLE] [FOLDER]

const from = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const [bundle = from('../examples/bundle'), folder = from('../docs/images')] = process.argv.slice(2);

const pictures = [
  ['timeline', '#view=timeline'],
  ['conversation', '#view=conversation&object=tool_calls:call_1'],
  ['agents', '#view=agents'],
] as const;
/** Bytes of a picture at the most: a repository keeps all that it ever had. */
const MOST = 150_000;

mkdirSync(folder, { recursive: true });
const server = await viewServer(bundle, { site: readViewerSite(from('../dist/viewer/')) });
const browser = await launchChromium();
try {
  for (const [name, hash] of pictures) {
    const page = await browser.newPage({
      viewport: { width: 1240, height: 660 },
      colorScheme: 'light',
      timezoneId: 'UTC',
    });
    await page.goto(`${server.url}${hash}`);
    await page.waitForSelector('[data-ready=true]');
    // The last answers of the worker are drawn a frame after they came.
    await page.waitForTimeout(500);
    const file = path.join(folder, `${name}.png`);
    await page.screenshot({ path: file });
    const { size } = statSync(file);
    if (size > MOST) throw new Error(`${file} has ${size} bytes, more than ${MOST}`);
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
