import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';
import { caseFiles, caseState, command, edited } from './command.js';

const SOUND = 'v2-receipt-edge';
const sound = caseFiles(SOUND, 2);
const lastSeq = 12;

describe('a sound bundle of schema 2', () => {
  it('is reduced to the state of the original', () =>
    withBundleOnDisk(sound, async (bundle) => {
      expect(await command('reduce', bundle, '--strict')).toMatchObject({ code: 0, stderr: '' });
      expect(readFileSync(path.join(bundle, 'state.json'), 'utf8')).toBe(caseState(SOUND, 2));
    }));

  it('stands a check', () =>
    withBundleOnDisk(sound, async (bundle) => {
      expect(await command('check', bundle)).toMatchObject({
        code: 0,
        stdout: `${bundle}: ${lastSeq} events, 5 payloads, 2 threads, 2 turns; nothing is wrong\n`,
      });
    }));
});

/** Bundles that the original refuses for what their recorder vouches for, and the one thing that is wrong. */
const broken = [
  ['a gap in its numbers', 'v2-err-seq-gap', 'event_out_of_order', 'trace.jsonl', 9],
  ['numbers that begin late', 'v2-err-seq-start', 'event_out_of_order', 'trace.jsonl', 2],
  ['an event of another rollout', 'v2-err-rollout-id', 'event_of_other_rollout', 'trace.jsonl', 4],
  ['an event of another schema', 'v2-err-schema1-event', 'event_of_other_schema', 'trace.jsonl', 4],
  ['an event behind its end', 'v2-err-after-recording', 'event_after_end', 'trace.jsonl', 5],
  ['a second end', 'v2-err-recording-twice', 'event_after_end', 'trace.jsonl', 5],
  ['a payload that nobody needs and no JSON', 'v2-err-payload-unread-invalid', 'payload_invalid', '1', 4],
  ['a payload that nobody needs and is missing', 'v2-err-payload-unread-missing', 'payload_missing', '1', 4],
] as const;

describe.each(broken)('a bundle of schema 2 with %s', (_what, name, code, file, seq) => {
  const where = file === '1' ? 'payloads/1.json' : file;

  it('has one finding, an error, and no warning of the same', () =>
    withBundleOnDisk(caseFiles(name, 2), async (bundle) => {
      const outcome = await command('check', bundle, '--json');
      expect(outcome.code).toBe(3);
      const { findings } = JSON.parse(outcome.stdout);
      expect(findings).toMatchObject([{ severity: 'error', code, file: where, seq }]);
    }));

  it('is reduced by default, and refused with --strict', () =>
    withBundleOnDisk(caseFiles(name, 2), async (bundle) => {
      const byDefault = await command('reduce', bundle, '--stdout');
      expect(byDefault.code).toBe(3);
      expect(byDefault.stderr).toContain(`[${code}]`);
      expect(byDefault.stderr).toContain('reduced in spite of 1 problem');
      expect(JSON.parse(byDefault.stdout)).toMatchObject({ schema_version: 2, trace_id: 'trace-1' });
      const strict = await command('reduce', bundle, '--strict', '--stdout');
      expect(strict).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`[${code}]`) });
    }));
});

const errorsIn = (report: string): readonly unknown[] =>
  JSON.parse(report).findings.filter(({ severity }: { severity: string }) => severity === 'error');

describe('a bundle of schema 2', () => {
  it('that tears off has no gap in its numbers', () =>
    withBundleOnDisk(
      edited(sound, 'trace.jsonl', (text) => text.slice(0, -20)),
      async (bundle) => {
        const { stdout } = await command('check', bundle, '--json');
        expect(errorsIn(stdout)).toMatchObject([{ code: 'line_torn', line: lastSeq }]);
      },
    ));

  it('with a line that is no event has no gap there', () =>
    withBundleOnDisk(
      edited(sound, 'trace.jsonl', (text) => text.replace('"type":"history_item_accepted"', '"type":"odd"')),
      async (bundle) => {
        const { stdout } = await command('check', bundle, '--json');
        expect(errorsIn(stdout)).toMatchObject([{ code: 'line_invalid', line: 10 }]);
      },
    ));

  it('may leave files that no event names, which is a warning as in schema 1', () =>
    withBundleOnDisk(new Map([...sound, ['payloads/99.json', '{}']]), async (bundle) => {
      const { code, stdout } = await command('check', bundle);
      expect(code).toBe(3);
      expect(stdout).toMatch(/^1 warning\n {2}payload_unreferenced: .*\n {4}payloads\/99\.json: /);
    }));

  it('that names a schema which nobody knows is refused', () =>
    withBundleOnDisk(
      edited(sound, 'manifest.json', (text) => text.replace('"schema_version": 2', '"schema_version": 3')),
      async (bundle) => {
        const { code, stderr } = await command('reduce', bundle);
        expect(code).toBe(1);
        expect(stderr).toContain('[schema_unsupported]');
      },
    ));
});
