import { readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';
import { caseFiles, command, started } from './command.js';

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
    expect(text).toMatch(/ reduce \[options\] <bundle> .* check \[options\] <bundle> /);
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
    const say = 'export const load = (url, context, next) => (process._rawDebug(url), next(url, context));';
    const hook = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(say))});`;
    const { outcome } = started(['--help'], ['--import', dataUrl(hook)]);
    const { stderr } = await outcome;
    const loaded = stderr.split('\n').filter((url) => url.startsWith('file:'));
    const code = loaded.map((url) => readFileSync(new URL(url), 'utf8')).join('\n');
    expect(code).toContain('Commander');
    // The command is bundled: classes of the packages tell what is in its files.
    expect(code).not.toMatch(/ReplaySubject|ZodDiscriminatedUnion|enableMapSet/);
  });

  it('is printed, as an error, where no command is given', async () => {
    expect(await command()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage:') });
  });
});

const dataUrl = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

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
  [['reduce'], ["missing required argument 'bundle'"]],
  [['reduce', 'x', 'y'], ['too many arguments']],
  [
    ['reduce', ''],
    ["argument 'bundle'", 'It is empty'],
  ],
  [
    ['check', ''],
    ["argument 'bundle'", 'It is empty'],
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

  it('leads from a root to its newest bundle', () => {
    const files = [...caseFiles('agent-result')];
    const named = (name: string) => files.map(([file, content]) => [`${name}/${file}`, content] as const);
    return withBundleOnDisk(new Map([...named('a'), ...named('b'), ...named('c')]), async (root) => {
      for (const [name, hour] of [
        ['a', 1],
        ['b', 3],
        ['c', 2],
      ] as const) {
        utimesSync(path.join(root, name, 'manifest.json'), 0, hour * 3600);
      }
      const message = `error: ${root} is not a bundle: it has no manifest.json\n`;
      expect(await refused(root)).toBe(`${message}  It holds 3, the newest: ${path.join(root, 'b')}\n`);
      const { code, stdout, stderr } = await command('check', root);
      expect(code).toBe(1);
      expect(stdout).toContain('manifest_unreadable');
      expect(stderr).toContain(path.join(root, 'b'));
    });
  });

  it('leads from a part of a bundle to the bundle', () =>
    withBundleOnDisk(caseFiles('agent-result'), async (bundle) => {
      expect(await refused(path.join(bundle, 'payloads'))).toContain(`It is a part of this one: ${bundle}\n`);
      expect(await refused(path.join(bundle, 'trace.jsonl'))).toContain('is a file, not a bundle\n');
    }));
});
