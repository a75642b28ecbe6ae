import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export interface RedirectPage {
  /** Its `file:` address. */
  readonly url: string;
  /** Takes it away with its folder; it may be called again. */
  remove(): void;
}

/** Writes a page that leads to an address and that its owner alone can read. Throws what the system says. */
export const redirectPage = (target: string, parent = folderForBrowsers(homedir())): RedirectPage => {
  // Only its owner may enter a folder that is made so.
  const folder = mkdtempSync(path.join(parent, 'rollout-trace-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const file = path.join(folder, 'open.html');
  try {
    writeFileSync(file, htmlOf(target), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    remove();
    throw error;
  }
  return { url: pathToFileURL(file).href, remove };
};

/** Browsers from snap see neither the temporary files of others nor hidden folders, but the home of their user. */
export const folderForBrowsers = (home: string): string =>
  existsSync(path.join(home, 'snap')) ? home : tmpdir();

/** What leads on leaves no entry in the history of the browser. */
const htmlOf = (target: string): string => {
  const escaped = target.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${escaped}">
<title>rollout-trace</title>
<p><a href="${escaped}">Open the recording</a></p>
`;
};
