import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../node/check-bundle.js';
import { errorFinding, warningFinding, type Finding } from '../node/check-findings.js';
import { describeProblem } from '../errors/trace-error.js';
import { checkText, reportJson } from './check-text.js';

const report = (...findings: readonly Finding[]): CheckReport => ({
  findings,
  counts: {
    events: 1,
    payloads: 0,
    threads: 2,
    turns: 1,
    conversation_items: 0,
    inference_calls: 0,
    tool_calls: 0,
    code_cells: 0,
    interaction_edges: 0,
  },
});
const repeated = (line: number): Finding =>
  warningFinding('seq_repeated', 'seq 1 is repeated', { file: 'trace.jsonl', line, seq: 1 });
const lines = (...findings: readonly Finding[]): readonly string[] =>
  checkText('bundle', report(...findings)).split('\n');

describe('a report for people', () => {
  it('counts in words', () => {
    expect(lines()).toEqual(['bundle: 1 event, 0 payloads, 2 threads, 1 turn; nothing is wrong', '']);
    expect(lines(repeated(1)).at(-2)).toMatch(/; 1 warning$/);
    expect(lines(repeated(1), repeated(2)).at(-2)).toMatch(/; 2 warnings$/);
  });

  it('says each hint once', () => {
    const { hint } = repeated(1);
    expect(lines(repeated(1), repeated(2)).slice(0, 4)).toEqual([
      '2 warnings',
      `  seq_repeated: ${hint}`,
      '    trace.jsonl:1 (seq 1): seq 1 is repeated',
      '    trace.jsonl:2 (seq 1): seq 1 is repeated',
    ]);
  });

  it('shows twenty findings of a code and counts the rest', () => {
    const many = Array.from({ length: 23 }, (_, index) => repeated(index + 1));
    const text = lines(...many);
    expect(text.filter((line) => line.includes('is repeated'))).toHaveLength(20);
    expect(text).toContain('    ... and 3 more (--json lists all)');
  });

  it('points to a line of the file that it names, and never takes a line of the log for one of a payload', () => {
    const manifest = describeProblem('manifest_unreadable', 'expected value', {
      file: 'manifest.json',
      line: 3,
    });
    const payload = { file: 'payloads/1.json', line: 7, seq: 6 };
    const text = lines(
      errorFinding(manifest),
      errorFinding(describeProblem('payload_invalid', 'bad', payload)),
    );
    expect(text).toContain('    manifest.json:3: expected value');
    expect(text).toContain('    payloads/1.json (seq 6): bad');
  });

  it('says when nothing could be read', () => {
    expect(checkText('a\u001bb', { findings: [], counts: null })).toBe('a\\u001bb: nothing could be read\n');
  });
});

it('keeps every digit in a report for programs', () => {
  const far = warningFinding('seq_gap', 'gap', { file: 'trace.jsonl', line: 1, seq: 2n ** 64n - 1n });
  expect(JSON.parse(reportJson(report(far, repeated(2)))).findings).toEqual([
    { ...far, seq: '18446744073709551615' },
    repeated(2),
  ]);
});
