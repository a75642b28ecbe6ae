import { describe, expect, it } from 'vitest';
import { conformance } from '../scripts/conformance.js';
import { withBundleOnDisk, type Files } from './helpers/bundle-on-disk.js';
import { carriedCases } from './helpers/carried-cases.js';

/** A case of a schema that the original reduces, and one that it refuses. */
const casesOf = (schema: 1 | 2) => {
  const cases = carriedCases(`schema-${schema}`);
  const reduced = cases.find(({ expected }) => 'state' in expected);
  const refused = cases.find(({ expected }) => 'error' in expected);
  if (!reduced || !refused || !('state' in reduced.expected))
    throw new Error('both kinds of case are needed');
  return { reduced, refused, state: reduced.expected.state };
};

const bundle = (files: Files, folder: string): Files =>
  new Map([...files].map(([name, content]) => [`${folder}/${name}`, content]));

/** The lines that are printed, and whether all is as the original. */
const run = (...files: readonly Files[]): Promise<{ lines: readonly string[]; good: boolean }> =>
  withBundleOnDisk(new Map(files.flatMap((each) => [...each])), async (folder) => {
    const lines: string[] = [];
    const good = await conformance(folder, (line) => lines.push(line));
    return { lines, good };
  });

describe.each([1, 2] as const)('in schema %i', (schema) => {
  const { reduced, refused, state } = casesOf(schema);

  it('finds answers in the bundle and above it, those of 0.160 first', async () => {
    const { lines, good } = await run(
      bundle(reduced.files, 'a'),
      new Map([['a/expected.json', state]]),
      bundle(reduced.files, 'b/bundle'),
      new Map([
        ['b/state.0.160.json', state],
        ['b/state.json', 'what another version printed'],
      ]),
      bundle(reduced.files, 'c/bundle'),
      new Map([['c/state.json', state]]),
      bundle(refused.files, 'd/bundle'),
      new Map([['d/error.txt', 'Error: any']]),
    );
    expect(lines).toEqual(['4 of 4 as the original', '4 passed, 0 failed']);
    expect(good).toBe(true);
  });

  it('shows where a state differs for the first time', async () => {
    const at = state.indexOf('"trace_id"');
    const { lines, good } = await run(
      bundle(reduced.files, 'a'),
      new Map([['a/expected.json', state.replace('"trace_id"', '"trace_no"')]]),
      bundle(reduced.files, 'b'),
      new Map([['b/expected.json', `${state}\n`]]),
    );
    expect(lines[0]).toContain(`a: differs at byte ${at + '"trace_'.length}`);
    expect(lines[0]).toContain(String.raw`here "id\":`);
    expect(lines[1]).toContain(`b: differs at byte ${Buffer.byteLength(state)}`);
    expect(lines.slice(2)).toEqual(['0 of 2 as the original', '0 passed, 2 failed']);
    expect(good).toBe(false);
  });

  it('tells a bundle that only one of the two refuses', async () => {
    const { lines, good } = await run(
      bundle(reduced.files, 'a'),
      new Map([['a/expected-error.txt', 'Error: no thread\nmore']]),
      bundle(refused.files, 'b'),
      new Map([['b/expected.json', '{}']]),
    );
    expect(lines[0]).toBe('a: reduced, and the original refuses it: Error: no thread');
    expect(lines[1]).toContain('b: refused, and the original reduces it: ');
    expect(good).toBe(false);
  });

  it('counts apart what it cannot compare, and is not content with nothing', async () => {
    const manifest = Buffer.from(reduced.files.get('manifest.json') ?? []).toString();
    const { lines, good } = await run(
      bundle(reduced.files, 'a'),
      new Map([
        ['a/manifest.json', manifest.replace(`"schema_version": ${schema}`, '"schema_version": 77')],
        ['a/expected.json', state],
      ]),
      bundle(reduced.files, 'b'),
    );
    expect(lines).toEqual([
      'skipped: 1 of schema 77',
      'skipped: 1 without an answer of the original',
      '0 of 0 as the original',
      '0 passed, 0 failed',
    ]);
    expect(good).toBe(false);
  });
});
