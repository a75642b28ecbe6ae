import { spawn } from 'node:child_process';

/** Asks the system to show a page; it may have nothing to show it with. */
export const openBrowser = (url: string): void => {
  const [command, ...args] = openerOf(process.platform, url);
  spawn(command, args, { stdio: 'ignore', detached: true })
    // The address stands on the terminal, too.
    .on('error', () => {})
    .unref();
};

export const openerOf = (platform: NodeJS.Platform, url: string): readonly [string, ...string[]] => {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
};
