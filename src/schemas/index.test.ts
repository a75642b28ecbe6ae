import { describe, expect, it } from 'vitest';
import { isTraceError } from '../errors/trace-error.js';
import { rulesFor, schemas } from './index.js';
import { schema1 } from './schema-1.js';
import { schema2 } from './schema-2.js';

const start = {
  trace_id: 'trace',
  rollout_id: 'rollout',
  started_at_unix_ms: 1000,
  ended_at_unix_ms: null,
  status: 'running',
  root_thread_id: 'T1',
} as const;

describe('the rules of a recording', () => {
  it('are those of its schema', () => {
    expect([rulesFor(1), rulesFor(2)].map(({ version }) => version)).toEqual([1, 2]);
    expect(schemas).toEqual([schema1, schema2]);
  });

  it.each([0, 3, 9, -1, 2n ** 64n])('are not known for schema %s', (version) => {
    expect(() => rulesFor(version)).toThrow(
      expect.toSatisfy((error) => isTraceError(error, 'schema_unsupported')),
    );
    expect(() => rulesFor(version)).toThrow(`has schema ${version}; this version reads 1 and 2`);
  });
});

describe('a trace at its start', () => {
  it('is of its schema', () => {
    expect(schema1.header(start)).toStrictEqual({ schema_version: 1, ...start });
  });

  it('of schema 2 is not complete', () => {
    expect(schema2.header(start)).toStrictEqual({ schema_version: 2, ...start, recording_complete: false });
  });
});

describe('items that are gathered', () => {
  const ids = [11, 9, 10, 2].map((ordinal) => `conversation_item:${ordinal}`);

  it.each([
    [schema1, [10, 11, 2, 9]],
    [schema2, [2, 9, 10, 11]],
  ] as const)('come in the order of schema $version', (schema, ordinals) => {
    expect(schema.items.gather(ids)).toEqual(ordinals.map((ordinal) => `conversation_item:${ordinal}`));
  });
});

describe('a call id', () => {
  const kinds = [
    'function_call',
    'custom_tool_call',
    'function_call_output',
    'custom_tool_call_output',
  ] as const;

  it.each([
    [schema1, kinds],
    [schema2, ['function_call', 'custom_tool_call']],
  ] as const)('names one content of certain kinds in schema $version', (schema, unique) => {
    expect(kinds.filter(schema.items.callIdIsUnique)).toEqual(unique);
  });
});

describe('the session of an operation', () => {
  it('is named after its process in schema 1, after the operation in schema 2', () => {
    expect(schema1.terminals.sessionId('42', 'terminal_operation:7')).toBe('42');
    expect(schema2.terminals.sessionId('42', 'terminal_operation:7')).toBe(
      'terminal_session:terminal_operation:7',
    );
  });
});
