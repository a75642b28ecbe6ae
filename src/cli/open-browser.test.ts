import { expect, it } from 'vitest';
import { openerOf } from './open-browser.js';

const URL = 'http://127.0.0.1:1/?token=a&b=$(touch x);"';

it.each(['linux', 'freebsd', 'darwin', 'win32'] as const)(
  'hands the address over as it is on %s',
  (platform) => {
    const [command, ...args] = openerOf(platform, URL);
    expect(args.at(-1)).toBe(URL);
    expect(args.filter((each) => each.includes('127.0.0.1'))).toHaveLength(1);
    // A shell would read the address as commands.
    expect(command).not.toMatch(/^(?:cmd|sh|bash|powershell)/);
  },
);
