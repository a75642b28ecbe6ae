import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';
import { caseFiles, command, edited } from './command.js';

const sound = caseFiles('agent-result');
const broken = caseFiles('err-rte-payload');

describe('rollout-trace check', () => {
  it('finds nothing in a sound bundle, says how large it is, and writes nothing', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const before = readdirSync(bundle, { recursive: true });
      expect(await command('check', bundle)).toEqual({
        code: 0,
        signal: null,
        stdout: `${bundle}: 10 events, 4 payloads, 2 threads, 2 turns; nothing is wrong\n`,
        stderr: '',
      });
      expect(readdirSync(bundle, { recursive: true })).toEqual(before);
    }));

  it('groups what it finds, the worst first, with a hint for each code and a summary at the end', () =>
    withBundleOnDisk(
      new Map([
        ...edited(broken, 'trace.jsonl', (text) => text.replace('"seq":5', '"seq":8')),
        ['payloads/9.json', '{}'],
      ]),
      async (bundle) => {
        const { code, stdout, stderr } = await command('check', bundle);
        expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
        expect(stdout.split('\n')).toEqual([
          '1 error',
          '  payload_missing: Copy the payload file into the bundle and reduce again.',
          expect.stringMatching(
            /^ {4}payloads\/1\.json \(seq 8\): payload raw_payload:1 cannot be opened: ENOENT/,
          ),
          '',
          '2 warnings',
          expect.stringMatching(/^ {2}seq_gap: /),
          '    trace.jsonl:5 (seq 8): seq 5 to 7 are missing',
          expect.stringMatching(/^ {2}payload_unreferenced: /),
          '    payloads/9.json: no event names the file',
          '',
          `${bundle}: 5 events, 1 payload, 1 thread, 1 turn; 1 error, 2 warnings`,
          '',
        ]);
      },
    ));

  it('takes what never came for no fault of the bundle', () =>
    withBundleOnDisk(caseFiles('cell-never-materialized'), async (bundle) => {
      const { code, stdout } = await command('check', bundle);
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /^1 note\n {2}code_cell_unresolved: .*\n {4}trace\.jsonl:4 \(seq 4\): code_cell:c1 /,
      );
    }));

  it('prints one JSON document with --json', () =>
    withBundleOnDisk(broken, async (bundle) => {
      const { code, stdout, stderr } = await command('check', bundle, '--json');
      expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
      expect(JSON.parse(stdout)).toEqual({
        findings: [
          {
            severity: 'error',
            code: 'payload_missing',
            message: expect.stringContaining('cannot be opened'),
            hint: expect.stringContaining('Copy the payload file'),
            file: 'payloads/1.json',
            line: expect.toSatisfy((line) => line === null || line === 5),
            seq: 5,
            entity: 'raw_payload:1',
          },
        ],
        counts: expect.objectContaining({ events: 5, payloads: 1, threads: 1, turns: 1, tool_calls: 1 }),
      });
    }));

  it('keeps the digits of large numbers in JSON', () =>
    withBundleOnDisk(
      edited(broken, 'trace.jsonl', (text) => text.replace('"seq":5', '"seq":18446744073709551615')),
      async (bundle) => {
        const { stdout } = await command('check', bundle, '--json');
        expect(JSON.parse(stdout).findings[0].seq).toBe('18446744073709551615');
      },
    ));

  it('reads payloads that the graph does not need', () =>
    withBundleOnDisk(new Map([...sound, ['payloads/3.json', '{"m":']]), async (bundle) => {
      const { code, stdout } = await command('check', bundle);
      expect(code).toBe(3);
      expect(stdout).toMatch(
        /payload_invalid: .*\n {4}payloads\/3\.json \(seq 8\): .*\(the graph does not need it\)\n/,
      );
      expect((await command('reduce', bundle)).code).toBe(0);
    }));

  it('reads no pipe and no other folder', () =>
    withBundleOnDisk(
      edited(sound, 'trace.jsonl', (text) => text.replace('payloads/3.json', '../../etc/hostname')),
      async (bundle) => {
        rmSync(path.join(bundle, 'payloads/3.json'));
        rmSync(path.join(bundle, 'payloads/4.json'));
        execFileSync('mkfifo', [path.join(bundle, 'payloads/4.json')]);
        const { code, stdout } = await command('check', bundle);
        expect(code).toBe(3);
        expect(stdout).toMatch(/payload_outside_bundle: .*\n {4}\S*etc\/hostname \(seq 8\): /);
        expect(stdout).toMatch(/payload_(invalid|missing): .*\n {4}payloads\/4\.json \(seq 10\): /);
      },
    ));

  it('makes recorded text harmless', () =>
    withBundleOnDisk(
      edited(broken, 'trace.jsonl', (text) => text.replace('payloads/1.json', String.raw`\u001b]0;x\u0007`)),
      async (bundle) => {
        writeFileSync(path.join(bundle, 'trace.jsonl'), '\u001b[2J\n', { flag: 'a' });
        const { stdout } = await command('check', bundle);
        expect(stdout).toContain(String.raw`\u001b]0;x\u0007`);
        expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
      },
    ));

  it.each(['manifest.json', 'trace.jsonl'])('reports a bundle without its %s', (name) =>
    withBundleOnDisk(sound, async (bundle) => {
      rmSync(path.join(bundle, name));
      const text = await command('check', bundle);
      expect(text.code).toBe(1);
      expect(text.stdout).toMatch(/^1 error\n/);
      expect(text.stdout.trimEnd().endsWith(': nothing could be read')).toBe(true);
      const json = await command('check', bundle, '--json');
      expect(json.code).toBe(1);
      expect(JSON.parse(json.stdout)).toMatchObject({ findings: [{ severity: 'error' }], counts: null });
      expect(readFileSync(path.join(bundle, 'payloads/1.json'), 'utf8')).not.toBe('');
    }),
  );
});
