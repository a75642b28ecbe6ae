import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';
import { caseFiles, command, loadedBy } from './command.js';

describe('help', () => {
  it('says to a newcomer what a bundle is, where it comes from, what to type and what exit codes mean', async () => {
    const { code, stdout } = await command('--help');
    expect(code).toBe(0);
    const text = stdout.replace(/\s+/g, ' ');
    for (const essential of [
      'CODEX_ROLLOUT_TRACE_ROOT',
      'a folder with manifest.json',
      'Examples:',
      'Exit codes:',
    ]) {
      expect(text).toContain(essential);
    }
    expect(text).toMatch(
      / reduce \[options\] <bundle-or-root\.\.\.> .* check \[options\] <bundle-or-root\.\.\.> /,
    );
    expect(text).toContain('rollout-trace reduce ~/traces/');
  });

  it.each([
    ['reduce', ['-o, --output <file>', '--stdout', '--strict', '--diagnostics <file>', 'exit code is 3']],
    ['check', ['--json', 'writes nothing', 'exit code is 0']],
  ])('explains %s', async (name, essentials) => {
    const { code, stdout } = await command(name, '-h');
    expect(code).toBe(0);
    for (const essential of essentials) expect(stdout.replace(/\s+/g, ' ')).toContain(essential);
  });

  it('loads neither rxjs nor zod', async () => {
    const loaded = await loadedBy('--help');
    const code = loaded.map((url) => readFileSync(new URL(url), 'utf8')).join('\n');
    expect(code).toContain('Commander');
    // The command is bundled: classes of the packages tell what is in its files.
    expect(code).not.toMatch(/ReplaySubject|ZodDiscriminatedUnion|enableMapSet/);
  });

  it('is printed, as an error, where no command is given', async () => {
    expect(await command()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage:') });
  });
});

it('prints the version of the package', async () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(manifest);
  expect(await command('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
});

it.each([
  [
    ['chekc', 'x'],
    ["unknown command 'chekc'", 'Did you mean check?'],
  ],
  [
    ['reduce', '--stirct', 'x'],
    ["unknown option '--stirct'", 'Did you mean --strict?'],
  ],
  [['reduce'], ["missing required argument 'bundle-or-root'"]],
  [['tail', 'x', 'y'], ['too many arguments']],
  [
    ['reduce', ''],
    ["argument 'bundle-or-root'", 'It is empty'],
  ],
  [
    ['check', ''],
    ["argument 'bundle-or-root'", 'It is empty'],
  ],
  [
    ['reduce', 'x', '-o', ''],
    ["option '-o, --output <file>'", 'It is empty'],
  ],
  [['reduce', 'x', '--stdout', '-o', 'y'], ["'--stdout' cannot be used with option '-o, --output <file>'"]],
])('refuses the usage %j and says what would be right', async (args, essentials) => {
  const { code, stdout, stderr } = await command(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  for (const essential of [...essentials, 'rollout-trace --help']) expect(stderr).toContain(essential);
});

describe('a path that is no bundle', () => {
  const refused = async (given: string): Promise<string> => {
    const { code, stdout, stderr } = await command('reduce', given);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    return stderr;
  };

  it('is missed', async () => {
    expect(await refused('/nowhere/at-all')).toMatch(
      /^error: \/nowhere\/at-all does not exist\n {2}A bundle is /,
    );
  });

  it('leads from a part of a bundle to the bundle', () =>
    withBundleOnDisk(caseFiles('agent-result'), async (bundle) => {
      expect(await refused(path.join(bundle, 'payloads'))).toContain(`It is a part of this one: ${bundle}\n`);
      expect(await refused(path.join(bundle, 'trace.jsonl'))).toContain('is a file, not a bundle\n');
    }));

  it('leads from a folder of bundles to one of them, where one is wanted', () => {
    const inFolder = [...caseFiles('agent-result')].map(([name, text]) => [`trace-1/${name}`, text] as const);
    return withBundleOnDisk(new Map(inFolder), async (root) => {
      const { code, stderr } = await command('show', root);
      expect(code).toBe(1);
      expect(stderr).toContain(`It is a folder of bundles, such as ${path.join(root, 'trace-1')}\n`);
    });
  });
});
