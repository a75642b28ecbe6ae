import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Where Debian's package puts it. */
const DEBIAN = '/usr/bin/chromium';

/** Nothing but the page: no sandbox, which root has not, and none of the services that a browser calls. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Milliseconds that a busy machine may take for one step: it ends what hangs, and nothing else. */
const PATIENCE_MS = 120_000;

/** Starts the Chromium of the machine. Throws, with what to install, where there is none. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(process.env['CHROME_BIN']),
    args: ARGS,
    timeout: PATIENCE_MS,
  });

/** A page of a context of its own. */
export const newPage = async (browser: Browser, options?: BrowserContextOptions): Promise<Page> => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
};

export const chromiumPath = (named: string | undefined): string => {
  const file = named === undefined || named === '' ? DEBIAN : named;
  if (existsSync(file)) return file;
  throw new Error(
    `there is no Chromium at ${file}: install the package chromium (apt-get install chromium), ` +
      'or name the program of a Chromium in CHROME_BIN',
  );
};
