import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withBundleOnDisk, type Files } from '../helpers/bundle-on-disk.js';
import { caseFiles, caseState, command, edited, loadedBy, started } from './command.js';

const SOUND = 'agent-result';
const sound = caseFiles(SOUND);
const damaged = edited(sound, 'trace.jsonl', (text) => `${text}no event\n`);
const withoutManifest = new Map([...sound].filter(([name]) => name !== 'manifest.json'));

/** A folder of bundles by their names. */
const rootOf = (bundles: Readonly<Record<string, Files>>): Files =>
  new Map(
    Object.entries(bundles).flatMap(([name, files]) =>
      [...files].map(([file, content]) => [`${name}/${file}`, content] as const),
    ),
  );

const names = (amount: number): readonly string[] =>
  Array.from({ length: amount }, (_, index) => `trace-${10 + index}`);

const withRoot = <Result>(
  bundles: Readonly<Record<string, Files>>,
  use: (root: string) => Promise<Result>,
): Promise<Result> => withBundleOnDisk(rootOf(bundles), use);

const stateOf = (root: string, name: string): string => path.join(root, name, 'state.json');
const linesOf = (text: string): readonly string[] => text.split('\n').slice(0, -1);

describe('reducing a folder of bundles', () => {
  const all = names(40);
  const bundles = {
    ...Object.fromEntries(all.map((name) => [name, sound])),
    'trace-20': damaged,
    'trace-30': withoutManifest,
    notes: new Map([['read.me', 'no bundle']]),
  };

  it('writes the state of each into it, whatever is wrong with others, and says what came of them', () =>
    withRoot(bundles, async (root) => {
      const { code, stdout, stderr } = await command('reduce', root);
      const written = all.filter((name) => name !== 'trace-30').map((name) => stateOf(root, name));
      expect(code).toBe(1);
      expect(linesOf(stdout)).toEqual(written);
      for (const file of written) expect(readFileSync(file, 'utf8')).toBe(caseState(SOUND));
      expect(linesOf(stderr)).toEqual([
        `${root}/trace-20: 1 problem (rollout-trace check tells more)`,
        `${root}/trace-30: error: ${root}/trace-30 is not a bundle: it has no manifest.json`,
        expect.stringMatching(/^ {2}A bundle is /),
        '40 bundles: 38 with nothing wrong, 1 with problems, 1 failed',
      ]);
    }));

  it('fails for a bundle with problems alone with --strict, which leaves its earlier state as it was', () =>
    withRoot({ a: sound, b: new Map([...damaged, ['state.json', 'earlier']]), c: sound }, async (root) => {
      const { code, stdout, stderr } = await command('reduce', '--strict', root);
      expect(code).toBe(1);
      expect(linesOf(stdout)).toEqual([stateOf(root, 'a'), stateOf(root, 'c')]);
      expect(readFileSync(stateOf(root, 'b'), 'utf8')).toBe('earlier');
      expect(stderr).toMatch(/b: error: trace\.jsonl:11: .*\[line_invalid\]\n/);
    }));

  it('is the same as naming them, beside other folders', () =>
    withRoot({ 'x/a': sound, 'x/b': damaged, y: sound }, async (root) => {
      const [x, y] = [path.join(root, 'x'), path.join(root, 'y')];
      const { code, stdout, stderr } = await command('reduce', y, x);
      expect(code).toBe(3);
      expect(linesOf(stdout)).toEqual([stateOf(root, 'y'), stateOf(x, 'a'), stateOf(x, 'b')]);
      expect(stderr).toContain('3 bundles: 2 with nothing wrong, 1 with problems\n');
    }));

  it('ends well where nothing is wrong', () =>
    withRoot({ a: sound, b: sound }, async (root) => {
      expect(await command('reduce', root)).toMatchObject({
        code: 0,
        stderr: '2 bundles: 2 with nothing wrong\n',
      });
    }));

  it('says of a file among the paths that it is none', () =>
    withRoot({ a: sound, b: sound }, async (root) => {
      const file = path.join(root, 'a/trace.jsonl');
      const { code, stderr } = await command('reduce', file, path.join(root, 'b'));
      expect(code).toBe(1);
      expect(stderr).toContain(`error: ${file} is a file, not a bundle\n`);
      expect(existsSync(stateOf(root, 'b'))).toBe(true);
    }));

  it('takes a folder with a single bundle for that bundle', () =>
    withRoot({ a: sound }, async (root) => {
      expect(await command('reduce', root, '--stdout')).toMatchObject({ code: 0, stdout: caseState(SOUND) });
    }));

  it.each([['--stdout'], ['--output', 'x'], ['--diagnostics', 'x']])('refuses %s', (option, ...value) =>
    withRoot({ a: sound, b: sound }, async (root) => {
      expect(await command('reduce', root, option, ...value)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: `error: ${option} takes one bundle, and there are 2\n  (rollout-trace --help explains the commands)\n`,
      });
    }),
  );

  it('loads threads for many bundles only', () =>
    withRoot({ a: sound, b: sound }, async (root) => {
      const isPool = (url: string): boolean => url.includes('/tinypool/');
      expect((await loadedBy('reduce', path.join(root, 'a'))).filter(isPool)).toEqual([]);
      expect((await loadedBy('reduce', root)).filter(isPool)).not.toEqual([]);
    }));
});

describe('a bundle that needs more memory than there is', () => {
  const huge = edited(sound, 'trace.jsonl', (text) => `${text}[${'{},'.repeat(8_000_000)}1]\n`);

  it('fails alone', () =>
    withRoot({ a: sound, b: huge, c: sound }, async (root) => {
      const { code, stdout, stderr } = await started(['reduce', root], ['--max-old-space-size=30']).outcome;
      expect(code).toBe(1);
      expect(linesOf(stdout)).toEqual([stateOf(root, 'a'), stateOf(root, 'c')]);
      expect(stderr).toMatch(/b: error: it does not fit into memory\n {2}.*--max-old-space-size/);
    }));
});

describe('an interrupt', () => {
  // Each keeps a thread busy for a while.
  const slow = edited(sound, 'trace.jsonl', (text) => text + 'no event\n'.repeat(20_000));

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends the work on all bundles, and leaves no half-written file',
    (name) =>
      withRoot(Object.fromEntries(names(40).map((bundle) => [bundle, slow])), async (root) => {
        const { child, outcome } = started(['reduce', root]);
        child.stdout.once('data', () => child.kill(name));
        expect(await outcome).toMatchObject({ code: null, signal: name, stderr: '' });
        const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
        expect(files.filter((file) => file.endsWith('.tmp'))).toEqual([]);
        const states = files.filter((file) => file.endsWith('state.json'));
        expect(states.length).toBeGreaterThan(0);
        expect(states.length).toBeLessThan(40);
        for (const file of states) expect(readFileSync(path.join(root, file), 'utf8')).toBe(caseState(SOUND));
      }),
  );
});

describe('checking a folder of bundles', () => {
  it('reports on each, and says what came of them', () =>
    withRoot({ a: sound, b: damaged, c: withoutManifest, d: sound }, async (root) => {
      const { code, stdout, stderr } = await command('check', root);
      expect(code).toBe(1);
      expect(linesOf(stdout).filter((line) => line.startsWith(root))).toEqual([
        expect.stringMatching(/a: 10 events, .*; nothing is wrong$/),
        expect.stringMatching(/b: 10 events, .*; 1 error$/),
        `${root}/c: nothing could be read`,
        expect.stringMatching(/d: 10 events, .*; nothing is wrong$/),
      ]);
      expect(stderr).toMatch(/^[^\n]*c: error: [^\n]* is not a bundle: [^\n]*\n {2}A bundle is [^\n]*\n/);
      expect(stderr).toContain('4 bundles: 2 with nothing wrong, 1 with problems, 1 failed\n');
      expect(existsSync(stateOf(root, 'a'))).toBe(false);
    }));

  it('refuses --json', () =>
    withRoot({ a: sound, b: sound }, async (root) => {
      expect(await command('check', root, '--json')).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('--json takes one bundle, and there are 2'),
      });
    }));
});
