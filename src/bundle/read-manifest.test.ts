import { describe, expect, it } from 'vitest';
import { isTraceError, type Problem } from '../errors/trace-error.js';
import { readManifest } from './read-manifest.js';

const manifest = {
  schema_version: 1,
  trace_id: 't',
  rollout_id: 'r',
  root_thread_id: 'T1',
  started_at_unix_ms: -5,
  raw_event_log: 'trace.jsonl',
  payloads_dir: 'payloads',
};
const text = JSON.stringify(manifest);
const problemOf = (json: string): Problem | undefined => {
  try {
    readManifest(json);
    return undefined;
  } catch (error) {
    if (isTraceError(error, 'manifest_unreadable')) return error.problem;
    throw error;
  }
};

describe('a manifest', () => {
  it('has all its keys, and others do not matter', () => {
    expect(readManifest(JSON.stringify({ ...manifest, extra: 1.5 }, null, 2))).toEqual(manifest);
  });

  it('may be a list of its values', () => {
    expect(readManifest(JSON.stringify(Object.values(manifest)))).toEqual(manifest);
  });

  it('may repeat a key that it does not know', () => {
    expect(readManifest(text.replace('{', '{"x":1,"x":2,'))).toMatchObject({ trace_id: 't' });
  });

  it.each([
    ['a reserved key', '"$serde_json::private::Number":"x"'],
    ['many levels', `"x":${'['.repeat(200)}${']'.repeat(200)}`],
    ['a lone surrogate', '"x":"\\ud800"'],
  ])('may have %s in what it does not know', (_what, member) => {
    expect(readManifest(text.replace('{', `{${member},`))).toEqual(manifest);
  });

  it('keeps a time of 64 bits', () => {
    const late = text.replace('-5', '9223372036854775807');
    expect(readManifest(late).started_at_unix_ms).toBe(9223372036854775807n);
  });

  it('may be of any schema', () => {
    expect(readManifest(text.replace('"schema_version":1', '"schema_version":9')).schema_version).toBe(9);
  });

  it.each(Object.keys(manifest))('needs %s', (key) => {
    const rest = Object.fromEntries(Object.entries(manifest).filter(([name]) => name !== key));
    expect(problemOf(JSON.stringify(rest))?.message).toContain(key);
  });

  it.each([
    ['a schema that is text', text.replace('"schema_version":1', '"schema_version":"1"'), 'schema_version'],
    ['a negative schema', text.replace('"schema_version":1', '"schema_version":-1'), 'schema_version'],
    [
      'a schema beyond 32 bits',
      text.replace('"schema_version":1', '"schema_version":4294967296'),
      'schema_version',
    ],
    ['a time with a fraction', text.replace('-5', '1000.0'), 'started_at_unix_ms'],
    ['a time that is -0', text.replace('-5', '-0'), 'started_at_unix_ms'],
    ['a time with an exponent', text.replace('-5', '1e3'), 'started_at_unix_ms'],
    ['a repeated key', text.replace('{', '{"trace_id":"x",'), 'trace_id'],
    ['an id that is null', text.replace('"t"', 'null'), 'trace_id'],
    ['an empty list', '[]', ''],
    ['text behind it', `${text}{}`, ''],
    ['a byte order mark', `\ufeff${text}`, ''],
    ['nothing', '', ''],
  ])('is not read with %s', (_what, json, word) => {
    expect(problemOf(json)).toMatchObject({
      file: 'manifest.json',
      message: expect.stringContaining(word),
    });
  });

  it('says in which line its JSON is broken', () => {
    expect(problemOf('{\n  "trace_id": oops }')?.line).toBe(2);
  });
});
