import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBundle, type Finding } from '../../src/node/index.js';
import { caseFiles, edited } from '../cli/command.js';
import { withBundleOnDisk, type Files } from '../helpers/bundle-on-disk.js';

const sound = caseFiles('agent-result');

/** `severity code file:line` of every finding. */
const found = (files: Files): Promise<readonly string[]> =>
  withBundleOnDisk(files, async (bundle) => (await checkBundle(bundle)).findings.map(inShort));
const inShort = ({ severity, code, file, line }: Finding): string => `${severity} ${code} ${file}:${line}`;

const withLog = (edit: (lines: string[]) => readonly string[]): Files =>
  edited(sound, 'trace.jsonl', (text) => `${edit(text.trimEnd().split('\n')).join('\n')}\n`);

describe('checkBundle', () => {
  it('counts what a sound bundle holds', () =>
    withBundleOnDisk(sound, async (bundle) => {
      expect(await checkBundle(bundle)).toEqual({
        findings: [],
        counts: {
          events: 10,
          payloads: 4,
          threads: 2,
          turns: 2,
          conversation_items: 6,
          inference_calls: 2,
          tool_calls: 0,
          code_cells: 0,
          interaction_edges: 2,
        },
      });
    }));

  it('finds lines that are missing, written twice or moved', async () => {
    expect(await found(withLog((lines) => lines.toSpliced(7, 1)))).toEqual([
      'warning seq_gap trace.jsonl:8',
      'warning payload_unreferenced payloads/3.json:null',
    ]);
    expect(await found(withLog((lines) => [...lines, ...lines.slice(-1)]))).toEqual([
      'error inference_duplicate trace.jsonl:11',
      'warning seq_repeated trace.jsonl:11',
    ]);
    expect(
      await found(withLog((lines) => [...lines.slice(0, 8), ...lines.slice(9), ...lines.slice(8, 9)])),
    ).toEqual(['warning seq_gap trace.jsonl:9', 'warning seq_back trace.jsonl:10']);
  });

  it('does not count a line that cannot be read as a gap too', async () => {
    expect(await found(withLog((lines) => lines.with(7, '{')))).toEqual([
      'error line_invalid trace.jsonl:8',
      'warning payload_unreferenced payloads/3.json:null',
    ]);
  });

  it('finds every file below payloads that no event names, and no other file', async () => {
    const files = new Map([
      ...sound,
      ['payloads/10.json', '{}'],
      ['payloads/9.json', '{}'],
      ['payloads/deep/1.json', '{}'],
      ['state.json', '{}'],
    ]);
    expect(await found(files)).toEqual([
      'warning payload_unreferenced payloads/9.json:null',
      'warning payload_unreferenced payloads/10.json:null',
      'warning payload_unreferenced payloads/deep/1.json:null',
    ]);
  });

  it('lists no folder that a link leads to', () =>
    withBundleOnDisk(new Map([['private.json', '{}']]), (outside) =>
      withBundleOnDisk(sound, async (bundle) => {
        rmSync(path.join(bundle, 'payloads'), { recursive: true });
        symlinkSync(outside, path.join(bundle, 'payloads'));
        const { findings } = await checkBundle(bundle);
        const codes = findings.map(({ code }) => code);
        expect(codes).toContain('payload_outside_bundle');
        expect(codes).not.toContain('payload_unreferenced');
      }),
    ));

  it('names every payload that it cannot use, also those that the graph does not need', async () => {
    const files = new Map([...sound].filter(([name]) => !name.startsWith('payloads/')));
    const errors = (await found(files)).filter((line) => line.startsWith('error'));
    expect(errors.map((line) => line.replace(/:\w+$/, ''))).toEqual(
      [1, 2, 3, 4].map((number) => `error payload_missing payloads/${number}.json`),
    );
  });

  it('reports a schema that it does not know', async () => {
    const files = edited(sound, 'manifest.json', (text) =>
      text.replace('"schema_version": 1', '"schema_version": 7'),
    );
    expect(await found(files)).toEqual(['error schema_unsupported manifest.json:null']);
  });

  it('ends with the reason of its signal', () =>
    withBundleOnDisk(sound, async (bundle) => {
      const reason = new Error('enough');
      await expect(checkBundle(bundle, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    }));
});
