import { describe, expect, it } from 'vitest';
import { itemRow, text } from '../../test/helpers/items.js';
import { payloadRefOf } from '../../test/helpers/facts.js';
import { insert, type Write } from '../facts/writes.js';
import { printTrace } from './print.js';
import { traceBuilder } from './trace-builder.js';
import { usualManifest } from '../../test/helpers/fold.js';
import { headerOf } from '../replay.js';

const header = headerOf(usualManifest);
const chunks = (...writes: readonly Write[]): readonly string[] => {
  const builder = traceBuilder(header);
  for (const write of writes) builder.apply(write);
  return [...printTrace(builder.snapshot())];
};
const printed = (...writes: readonly Write[]): string => chunks(...writes).join('');
const payload = (id: string): Write => insert('raw_payloads', id, payloadRefOf('P'));

describe('a printed trace', () => {
  it('has its fields and tables in their order, and no line break at its end', () => {
    expect(printed()).toBe(
      [
        '{',
        '  "schema_version": 1,',
        '  "trace_id": "trace",',
        '  "rollout_id": "rollout",',
        '  "started_at_unix_ms": 1000,',
        '  "ended_at_unix_ms": null,',
        '  "status": "running",',
        '  "root_thread_id": "T1",',
        '  "threads": {},',
        '  "codex_turns": {},',
        '  "conversation_items": {},',
        '  "inference_calls": {},',
        '  "code_cells": {},',
        '  "tool_calls": {},',
        '  "terminal_sessions": {},',
        '  "terminal_operations": {},',
        '  "compactions": {},',
        '  "compaction_requests": {},',
        '  "interaction_edges": {},',
        '  "raw_payloads": {}',
        '}',
      ].join('\n'),
    );
  });

  it('indents rows by two spaces a level', () => {
    expect(printed(insert('conversation_items', 'i', itemRow(1, { produced_by: [] })))).toContain(
      [
        '  "conversation_items": {',
        '    "i": {',
        '      "item_id": "conversation_item:1",',
        '      "thread_id": "T1",',
        '      "codex_turn_id": "U1",',
        '      "first_seen_at_unix_ms": 1010,',
        '      "role": "user",',
        '      "channel": null,',
        '      "kind": "message",',
        '      "body": {',
        '        "parts": [',
        '          {',
        '            "type": "text",',
        '            "text": "hi"',
        '          }',
        '        ]',
        '      },',
        '      "call_id": null,',
        '      "produced_by": []',
        '    }',
        '  },',
        '  "inference_calls": {},',
      ].join('\n'),
    );
  });

  it('sorts ids by their bytes', () => {
    const ids = [
      ...printed(...['b', '9', 'é', '10', '__proto__', '😀', '\uffff', 'B'].map(payload)).matchAll(
        /^ {4}"(.*)": \{$/gm,
      ),
    ];
    expect(ids.map(([, id]) => id)).toEqual(['10', '9', 'B', '__proto__', 'b', 'é', '\uffff', '😀']);
  });

  it('escapes what JSON must, and nothing else', () => {
    const words = '"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028é😀';
    expect(
      printed(insert('conversation_items', 'i', itemRow(1, { body: { parts: [text(words)] } }))),
    ).toContain('"text": "\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u2028é😀"');
    expect(printed(payload('"\n'))).toContain('    "\\"\\n": {');
  });

  it('prints integers of any size exactly', () => {
    const row = itemRow(1, { first_seen_at_unix_ms: 18446744073709551615n });
    const negative = itemRow(2, { first_seen_at_unix_ms: -1 });
    const state = printed(
      insert('conversation_items', 'a', row),
      insert('conversation_items', 'b', negative),
    );
    expect(state).toContain('"first_seen_at_unix_ms": 18446744073709551615,');
    expect(state).toContain('"first_seen_at_unix_ms": -1,');
  });

  it('prints the fields of a row as they stand in it', () => {
    const { body, call_id, produced_by, ...identity } = itemRow(1);
    const agent_message = { author: '/a', recipient: '/b' };
    const row = { ...identity, agent_message, body, call_id, produced_by };
    expect(printed(insert('conversation_items', 'i', itemRow(1)))).not.toContain('agent_message');
    expect(printed(insert('conversation_items', 'i', row))).toContain(
      '"agent_message": {\n        "author": "/a",\n        "recipient": "/b"\n      },\n      "body"',
    );
  });

  it('leaves out what is not known, also beside an integer that is no number', () => {
    const fields = { responses_item_id: undefined, accepted_seq: undefined };
    const known = { responses_item_id: 'm1', accepted_at_unix_ms: 5, accepted_seq: 7 };
    const large = { first_seen_at_unix_ms: 2n ** 63n };
    const part = { type: 'payload_ref', label: 'l', raw_payload_id: 'P', content_sha256: undefined } as const;
    for (const wide of [{}, large]) {
      const unknown = itemRow(1, { ...fields, ...wide, body: { parts: [part] } });
      const state = printed(insert('conversation_items', 'i', unknown));
      expect(state).not.toMatch(/responses_item_id|accepted_|content_sha256|undefined/);
      expect(state).toContain('"raw_payload_id": "P"\n          }');
      const row = itemRow(1, { ...known, ...wide });
      expect(printed(insert('conversation_items', 'i', row))).toMatch(
        /"responses_item_id": "m1",\n {6}"accepted_at_unix_ms": 5,\n {6}"accepted_seq": 7\n/,
      );
    }
  });

  it('of schema 2 says whether its recording is complete', () => {
    const { root_thread_id, ...rest } = header;
    const builder = traceBuilder({ ...rest, schema_version: 2, recording_complete: false, root_thread_id });
    builder.apply({ type: 'set_header', fields: { recording_complete: true } });
    expect([...printTrace(builder.snapshot())].join('')).toContain(
      '  "status": "running",\n  "recording_complete": true,\n  "root_thread_id": "T1",\n',
    );
  });

  it('prints lists of ids as other lists', () => {
    const compaction = {
      compaction_id: 'K1',
      thread_id: 'T1',
      codex_turn_id: 'U1',
      installed_at_unix_ms: 1,
      marker_item_id: 'conversation_item:3',
      request_ids: ['R"1'],
      input_item_ids: ['conversation_item:1', 'conversation_item:2'],
      replacement_item_ids: [],
    };
    expect(printed(insert('compactions', 'K1', compaction))).toContain(
      [
        '      "request_ids": [',
        '        "R\\"1"',
        '      ],',
        '      "input_item_ids": [',
        '        "conversation_item:1",',
        '        "conversation_item:2"',
        '      ],',
        '      "replacement_item_ids": []',
      ].join('\n'),
    );
  });

  it('comes in chunks where it is long, none of them empty', () => {
    const long = Array.from({ length: 50 }, (_value, index) =>
      insert(
        'conversation_items',
        `i${index}`,
        itemRow(index, { body: { parts: [text('x'.repeat(20_000))] } }),
      ),
    );
    const parts = chunks(...long);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => part.length > 0)).toBe(true);
    expect(Object.keys(JSON.parse(parts.join('')).conversation_items)).toHaveLength(50);
  });
});
