import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withBundleOnDisk } from '../../test/helpers/bundle-on-disk.js';
import { folderForBrowsers, redirectPage } from './redirect-page.js';

const inFolder = (use: (folder: string) => void): Promise<void> => withBundleOnDisk(new Map(), use);

describe('a page that leads on', () => {
  it('can be read by its owner alone, and is gone without a trace', () =>
    inFolder((folder) => {
      const page = redirectPage('http://127.0.0.1:1/?token=t', folder);
      const file = fileURLToPath(page.url);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
      page.remove();
      page.remove();
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('holds its address as text, whatever stands in it', () =>
    inFolder((folder) => {
      const html = readFileSync(new URL(redirectPage(`http://a/?b&c"'<script>`, folder).url), 'utf8');
      expect(html).toContain('url=http://a/?b&#38;c&#34;&#39;&#60;script&#62;"');
      expect(html).not.toContain('<script');
    }));

  it('stands in a folder of its own each time, and says where it cannot', () =>
    inFolder((folder) => {
      const [one, other] = [redirectPage('http://a/', folder), redirectPage('http://b/', folder)];
      expect(one.url).not.toBe(other.url);
      expect(() => redirectPage('http://a/', path.join(folder, 'none'))).toThrow('ENOENT');
    }));
});

it('stands where browsers of this user can read it', () =>
  inFolder((home) => {
    expect(folderForBrowsers(home)).toBe(tmpdir());
    mkdirSync(path.join(home, 'snap'));
    expect(folderForBrowsers(home)).toBe(home);
  }));
