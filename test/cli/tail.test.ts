import { appendFileSync, mkdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compactJson } from '../../src/json/compact.js';
import { withBundleOnDisk, writeFiles, type Files } from '../helpers/bundle-on-disk.js';
import { foldChanges } from '../helpers/fold-changes.js';
import { caseFiles, caseState, command, edited, started } from './command.js';

const COMPLETE = 'v2-recording-complete';
const complete = caseFiles(COMPLETE, 2);
const log = Buffer.from(complete.get('trace.jsonl') ?? '').toString();
/** The recording without its last line, the one that says that it is complete. */
const upToTheEnd = log.slice(0, log.trimEnd().lastIndexOf('\n') + 1);
const lastLine = log.slice(upToTheEnd.length);
const running = edited(complete, 'trace.jsonl', () => upToTheEnd);

/** Waits until a stream has said something that fits. */
const said = (stream: NodeJS.ReadableStream, expected: RegExp): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (expected.test(text)) resolve(text);
    });
  });

const below = (folder: string, files: Files): readonly (readonly [string, Uint8Array | string])[] =>
  [...files].map(([name, content]) => [`${folder}/${name}`, content]);

describe('rollout-trace tail', () => {
  it('prints a line for each thing that happened, and ends with the recording', () =>
    withBundleOnDisk(complete, async (bundle) => {
      const { code, stdout, stderr } = await command('tail', bundle);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const lines = stdout.trimEnd().split('\n');
      expect(lines[0]).toBe(`following ${bundle}`);
      expect(lines).toContainEqual(expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]*Z \/root: started$/));
      expect(lines.at(-1)).toBe('the recording is complete');
      expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
    }));

  it('ends a recording of schema 1 when nothing comes any more', () =>
    withBundleOnDisk(caseFiles('rollout-last-wins'), async (bundle) => {
      utimesSync(path.join(bundle, 'trace.jsonl'), 0, 0);
      expect(await command('tail', bundle)).toMatchObject({ code: 0, stderr: '' });
    }));

  it('ends a recording that says nothing of its end after the time that it is given', () =>
    withBundleOnDisk(running, async (bundle) => {
      const { code, stdout, stderr } = await command('tail', bundle, '--idle', '0.5');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toContain('the recording is complete');
    }));

  it('ends with exit code 3 where something is wrong, and says what', () =>
    withBundleOnDisk(
      edited(complete, 'trace.jsonl', (text) => `bad\u001b[2J\n${text}`),
      async (bundle) => {
        const { code, stdout } = await command('tail', bundle);
        expect(code).toBe(3);
        expect(stdout).toMatch(/^problem: trace\.jsonl:1: not an event: .*\[line_invalid\]$/m);
      },
    ));

  it('prints with --json what makes the graph of reduce', () =>
    withBundleOnDisk(complete, async (bundle) => {
      const { code, stdout, stderr } = await command('tail', bundle, '--json');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const session = foldChanges(stdout).get(bundle);
      expect(session?.state).toBe(compactJson(caseState(COMPLETE, 2)));
      expect(session?.diagnostics).toEqual([]);
    }));

  it('follows a bundle that is not there yet while it grows', () =>
    withBundleOnDisk(new Map(), async (root) => {
      const bundle = path.join(root, 'trace-1');
      const { child, outcome } = started(['tail', bundle, '--json']);
      await said(child.stderr, /^waiting for a bundle: .*trace-1\n/);
      const first = said(child.stdout, /\n/);
      writeFiles(bundle, running);
      await first;
      appendFileSync(path.join(bundle, 'trace.jsonl'), lastLine);
      const { code, stdout } = await outcome;
      expect(code).toBe(0);
      const session = foldChanges(stdout).get(bundle);
      expect(session?.objects).toBeGreaterThan(1);
      expect(session?.state).toBe(compactJson(caseState(COMPLETE, 2)));
    }));

  it('follows the newest bundle of a root, or all of them, to the interrupt', () => {
    const older = edited(complete, 'manifest.json', (text) =>
      text.replace(/("started_at_unix_ms": *)\d+/, '$11'),
    );
    const files = new Map([...below('old', older), ...below('new', complete)]);
    return withBundleOnDisk(files, async (root) => {
      const followed = async (...options: readonly string[]): Promise<readonly string[]> => {
        const { child, outcome } = started(['tail', root, '--json', ...options]);
        const enough =
          options.length === 0
            ? /"recording_complete":true/
            : /"recording_complete":true[^]*"recording_complete":true/;
        await said(child.stdout, enough);
        child.kill('SIGINT');
        const { code, signal, stdout, stderr } = await outcome;
        expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
        return [...foldChanges(stdout).keys()].map((directory) => path.relative(root, directory)).toSorted();
      };
      expect(await followed()).toEqual(['new']);
      expect(await followed('--all')).toEqual(['new', 'old']);
    });
  });

  it('follows a bundle to its end where all bundles are asked for, too', () =>
    withBundleOnDisk(complete, async (bundle) => {
      const { code, stdout, stderr } = await command('tail', '--all', bundle);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd()).toMatch(/the recording is complete$/);
    }));

  it('takes an empty folder for a root that waits for its first session', () =>
    withBundleOnDisk(new Map(), async (root) => {
      const { child, outcome } = started(['tail', root]);
      await said(child.stderr, /waiting/);
      mkdirSync(path.join(root, 'a'));
      const ended = said(child.stdout, /the recording is complete\n/);
      writeFiles(path.join(root, 'a'), complete);
      expect(await ended).toContain(`following ${path.join(root, 'a')}\n`);
      child.kill('SIGINT');
      expect(await outcome).toMatchObject({ code: 0, signal: null });
    }));

  it('ends quietly when its reader has seen enough', () =>
    withBundleOnDisk(running, async (bundle) => {
      const { child, outcome } = started(['tail', bundle, '--json']);
      await said(child.stdout, /\n/);
      child.stdout.destroy();
      appendFileSync(path.join(bundle, 'trace.jsonl'), lastLine);
      expect(await outcome).toMatchObject({ code: 0, signal: null, stderr: '' });
    }));

  it('fails where no bundle can be, and where one cannot be read', () =>
    withBundleOnDisk(complete, async (bundle) => {
      expect(await command('tail', path.join(bundle, 'trace.jsonl'))).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`is a file, not a bundle\n  It is a part of this one: ${bundle}\n`),
      });
      mkdirSync(path.join(bundle, 'part'));
      expect(await command('tail', path.join(bundle, 'part'))).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`It is a part of this one: ${bundle}\n`),
      });
      writeFiles(
        bundle,
        edited(complete, 'manifest.json', (text) => text.replace(/("schema_version": *)2/, '$17')),
      );
      expect(await command('tail', bundle)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('[schema_unsupported]'),
      });
    }));
});

it('explains itself to a newcomer', async () => {
  const { code, stdout } = await command('tail', '-h');
  expect(code).toBe(0);
  const text = stdout.replace(/\s+/g, ' ');
  for (const essential of [
    '<bundle-or-root>',
    'CODEX_ROLLOUT_TRACE_ROOT',
    '--all',
    '--json',
    '--idle',
    'Ctrl-C',
    'exit code is 0',
  ]) {
    expect(text).toContain(essential);
  }
});

it.each([[['tail', '']], [['tail', '--al', 'x']], [['tail', '--idle', 'long', 'x']]])(
  'refuses the usage %j',
  async (args) => {
    const { code, stdout } = await command(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  },
);
