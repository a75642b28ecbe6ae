import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withBundleOnDisk, type Files } from '../helpers/bundle-on-disk.js';
import { caseFiles, caseState, command, edited, started } from './command.js';

const SOUND = 'agent-result';
const BROKEN = 'err-rte-payload';
const sound = caseFiles(SOUND);
const broken = caseFiles(BROKEN);

/** The bundle with `error` lines that are no events, each with a text of its own. */
const withBadLines = (amount: number): Files =>
  edited(
    sound,
    'trace.jsonl',
    (text) => text + Array.from({ length: amount }, (_, i) => `bad ${i}\n`).join(''),
  );

/** Files that a run may leave behind. */
const temporary = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.tmp'));

describe('rollout-trace reduce', () => {
  it('writes what the original writes to state.json in the bundle, and prints its path', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const file = path.join(bundle, 'state.json');
      expect(await command('reduce', bundle)).toEqual({
        code: 0,
        signal: null,
        stdout: `${file}\n`,
        stderr: '',
      });
      expect(readFileSync(file, 'utf8')).toBe(caseState(SOUND));
      expect(temporary(bundle)).toEqual([]);
    }));

  it('prints the path with the bundle as it was spelled', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const spelled = `${bundle}/../${path.basename(bundle)}/`;
      expect((await command('reduce', spelled)).stdout).toBe(`${spelled}state.json\n`);
    }));

  it('writes to the file of -o, and prints that path', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const file = path.join(bundle, 'elsewhere.json');
      expect((await command('reduce', bundle, '-o', file)).stdout).toBe(`${file}\n`);
      expect(readFileSync(file, 'utf8')).toBe(caseState(SOUND));
      expect(existsSync(path.join(bundle, 'state.json'))).toBe(false);
    }));

  it('prints the state alone with --stdout, and writes no file', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const before = readdirSync(bundle);
      const { code, stdout, stderr } = await command('reduce', bundle, '--stdout');
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: caseState(SOUND), stderr: '' });
      expect(readdirSync(bundle)).toEqual(before);
    }));

  it('ends quietly when its reader has seen enough', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const { child, outcome } = started(['reduce', bundle, '--stdout']);
      child.stdout.destroy();
      expect(await outcome).toMatchObject({ code: 0, stderr: '' });
    }));

  it('reads a last line without its end', () =>
    withBundleOnDisk(caseFiles('blank-crlf'), async (bundle) => {
      expect((await command('reduce', bundle, '--stdout')).stdout).toBe(caseState('blank-crlf'));
    }));

  it('leaves a torn last line out and says so', () =>
    withBundleOnDisk(
      edited(sound, 'trace.jsonl', (text) => `${text}{"schema_version":1,"se`),
      async (bundle) => {
        const { code, stdout, stderr } = await command('reduce', bundle, '--stdout');
        expect({ code, stdout }).toEqual({ code: 3, stdout: caseState(SOUND) });
        expect(stderr).toMatch(/^trace\.jsonl:11: the last line is incomplete: .* \[line_torn\]\n {2}\S/);
      },
    ));
});

describe('problems of the bundle', () => {
  it('are listed on stderr, each code with its hint, and the state is written', () =>
    withBundleOnDisk(broken, async (bundle) => {
      const { code, stdout, stderr } = await command('reduce', bundle);
      expect({ code, stdout }).toEqual({ code: 3, stdout: `${path.join(bundle, 'state.json')}\n` });
      expect(stderr.split('\n')).toEqual([
        expect.stringMatching(/^payloads\/1\.json.* cannot be opened: ENOENT.*\[payload_missing\]$/),
        '  Copy the payload file into the bundle and reduce again.',
        'reduced in spite of 1 problem (--strict would have failed)',
        '',
      ]);
      expect(JSON.parse(readFileSync(path.join(bundle, 'state.json'), 'utf8'))).toMatchObject({
        tool_calls: { t1: {} },
      });
    }));

  it('fail with --strict, which leaves the state of an earlier run alone', () =>
    withBundleOnDisk(new Map([...broken, ['state.json', 'earlier']]), async (bundle) => {
      const before = readdirSync(bundle);
      const { code, stdout, stderr } = await command('reduce', bundle, '--strict');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        /^error: payloads\/1\.json.*\[payload_missing\]\n {2}Copy the payload file .*\n$/,
      );
      expect(readFileSync(path.join(bundle, 'state.json'), 'utf8')).toBe('earlier');
      expect(readdirSync(bundle)).toEqual(before);
    }));

  it('do not count with --strict where there are none', () =>
    withBundleOnDisk(sound, async (bundle) => {
      expect(await command('reduce', bundle, '--strict')).toMatchObject({ code: 0, stderr: '' });
    }));

  it('beyond the first twenty are counted', () =>
    withBundleOnDisk(withBadLines(23), async (bundle) => {
      const lines = (await command('reduce', bundle, '--stdout')).stderr.split('\n');
      expect(lines.filter((line) => line.endsWith('[line_invalid]'))).toHaveLength(20);
      expect(lines).toContain('... and 3 more (--diagnostics FILE writes all)');
    }));

  it('are all written to the file of --diagnostics, one JSON object a line', () =>
    withBundleOnDisk(withBadLines(23), async (bundle) => {
      const file = path.join(bundle, 'problems.ndjson');
      expect(await command('reduce', bundle, '--diagnostics', file)).toMatchObject({ code: 3 });
      const problems = readFileSync(file, 'utf8').trimEnd().split('\n');
      expect(problems).toHaveLength(23);
      expect(JSON.parse(problems[1] ?? '')).toEqual({
        code: 'line_invalid',
        message: expect.stringMatching(/^not an event: /),
        hint: expect.stringMatching(/^The line was skipped/),
        file: 'trace.jsonl',
        line: 12,
        seq: null,
        entity: null,
      });
    }));

  it('are written to that file too when --strict ends with the first', () =>
    withBundleOnDisk(broken, async (bundle) => {
      const file = path.join(bundle, 'problems.ndjson');
      expect(await command('reduce', bundle, '--strict', '--diagnostics', file)).toMatchObject({ code: 1 });
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ code: 'payload_missing', seq: 5 });
    }));

  it('leave that file empty where there are none', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const file = path.join(bundle, 'problems.ndjson');
      expect(await command('reduce', bundle, '--diagnostics', file)).toMatchObject({ code: 0 });
      expect(readFileSync(file, 'utf8')).toBe('');
    }));

  it('cannot command the terminal', () =>
    withBundleOnDisk(
      edited(broken, 'trace.jsonl', (text) =>
        text.replaceAll('raw_payload:1', String.raw`\u001b[2J\u009b31m\u202e\nerror: faked`),
      ),
      async (bundle) => {
        const { code, stderr } = await command('reduce', bundle);
        expect(code).toBe(3);
        expect(stderr).toContain(String.raw`\u001b[2J\u009b31m\u202e\u000aerror: faked`);
        expect(stderr).not.toMatch(/[^\P{Cc}\n]|\u202e|^error/mu);
      },
    ));
});

describe('a payload outside of the bundle', () => {
  const SECRET = '{"call_id":"SECRET"}';
  /** Reduces the broken bundle with another path of its payload, beside a folder with a secret. */
  const reduceWithPath = (
    payloadPath: (root: string) => string,
    prepare: (root: string) => void = () => {},
  ) =>
    withBundleOnDisk(new Map([['secret/1.json', SECRET]]), (root) => {
      const text = JSON.stringify(payloadPath(root)).slice(1, -1);
      const files = edited(broken, 'trace.jsonl', (log) => log.replace('payloads/1.json', () => text));
      return withBundleIn(root, files, prepare);
    });
  const withBundleIn = async (root: string, files: Files, prepare: (root: string) => void) => {
    for (const [name, content] of files) writeFileSync(path.join(root, name), content);
    prepare(root);
    return command('reduce', root, '--stdout');
  };
  const refused = { code: 3, stderr: expect.stringContaining('[payload_outside_bundle]') };

  it.each([
    ['by two dots', (root: string) => `../${path.basename(root)}/../../etc/hostname`],
    ['by an absolute path', () => '/etc/hostname'],
  ])('is not read %s', async (_, payloadPath) => {
    const outcome = await reduceWithPath(payloadPath);
    expect(outcome).toMatchObject(refused);
  });

  it('is not read through a link, of a file or of a folder', () =>
    withBundleOnDisk(new Map([['1.json', SECRET]]), async (outside) => {
      const byFile = await reduceWithPath(
        () => 'link.json',
        (root) => symlinkSync(path.join(outside, '1.json'), path.join(root, 'link.json')),
      );
      expect(byFile).toMatchObject(refused);
      const byFolder = await reduceWithPath(
        () => 'payloads/1.json',
        (root) => symlinkSync(outside, path.join(root, 'payloads')),
      );
      expect(byFolder).toMatchObject(refused);
      expect(JSON.stringify([byFile, byFolder])).not.toContain('SECRET');
    }));

  it('is read through a link that stays inside', async () => {
    const outcome = await reduceWithPath(
      () => 'link.json',
      (root) => symlinkSync(path.join(root, 'secret/1.json'), path.join(root, 'link.json')),
    );
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
  });

  it('as a pipe that nobody writes to does not hold the command up', async () => {
    const outcome = await reduceWithPath(
      () => 'pipe.json',
      (root) => void execFileSync('mkfifo', [path.join(root, 'pipe.json')]),
    );
    expect(outcome).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/\[payload_(invalid|missing)\]/),
    });
  });
});

describe('the file of the state', () => {
  it('is not touched where it cannot be written, and another way is shown', () =>
    withBundleOnDisk(new Map([...sound, ['state.json/keep', 'earlier']]), async (bundle) => {
      const file = path.join(bundle, 'state.json');
      expect(await command('reduce', bundle)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: `error: cannot write ${file}: it is a folder\n  -o FILE writes to another place, --stdout prints the state.\n`,
      });
      expect(readFileSync(path.join(file, 'keep'), 'utf8')).toBe('earlier');
    }));

  it('replaces a link, so that a bundle cannot choose what is overwritten', () =>
    withBundleOnDisk(new Map([['valuable', 'kept']]), (outside) =>
      withBundleOnDisk(sound, async (bundle) => {
        symlinkSync(path.join(outside, 'valuable'), path.join(bundle, 'state.json'));
        expect(await command('reduce', bundle)).toMatchObject({ code: 0 });
        expect(readFileSync(path.join(outside, 'valuable'), 'utf8')).toBe('kept');
        expect(readFileSync(path.join(bundle, 'state.json'), 'utf8')).toBe(caseState(SOUND));
      }),
    ));

  it('may be a pipe of the shell', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const pipe = path.join(bundle, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const { outcome } = started(['reduce', bundle, '-o', pipe]);
      expect(readFileSync(pipe, 'utf8')).toBe(caseState(SOUND));
      expect(await outcome).toMatchObject({ code: 0, stdout: `${pipe}\n` });
    }));

  it.each(['SIGINT', 'SIGTERM'] as const)('is given up at %s, by which the command ends', (name) =>
    withBundleOnDisk(broken, async (bundle) => {
      const pipe = path.join(bundle, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const { child, outcome } = started(['reduce', bundle, '-o', pipe]);
      // Problems are told before the state is written, and nobody reads the pipe.
      child.stderr.once('data', () => child.kill(name));
      expect(await outcome).toMatchObject({ code: null, signal: name, stdout: '' });
    }),
  );
});
