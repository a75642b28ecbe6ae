import { spawn } from 'node:child_process';
import { redirectPage } from './redirect-page.js';

/**
 * Asks the system to show a page, without telling its address to the programs that do: their arguments can be read
 * by everybody on the machine. The system may have nothing to show it with. Gives what takes the file away through
 * which the page is opened; it may be called more than once. Throws where that file cannot be written.
 */
export const openBrowser = (url: string): (() => void) => {
  const page = redirectPage(url);
  const [command, ...args] = openerOf(process.platform, page.url);
  spawn(command, args, { stdio: 'ignore', detached: true })
    // The address stands on the terminal, too.
    .on('error', page.remove)
    .unref();
  return page.remove;
};

export const openerOf = (platform: NodeJS.Platform, url: string): readonly [string, ...string[]] => {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
};
