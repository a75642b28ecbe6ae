import { describe, expect, it } from 'vitest';
import { redaction } from './redaction.js';

const redact = (value: unknown): unknown => JSON.parse(redaction().payload(JSON.stringify(value)));

describe('a redacted recording', () => {
  it('keeps ids, kinds, statuses, times, tokens and models', () => {
    const kept = {
      type: 'tool_call_ended',
      tool_call_id: 'call_1',
      status: 'failed',
      wall_time_unix_ms: 1774854900020,
      token_usage: { input_tokens: 12 },
      path: 'payloads/7.json',
      model: 'gpt-5.5',
    };
    expect(redact(kept)).toEqual(kept);
  });

  it('leaves of a text its length', () => {
    expect(redact({ text: 'the password is tulip' })).toEqual({ text: '[text 1: 21 characters]' });
  });

  it.each([
    ['a sentence', { type: 'rm -rf /home/robin' }, { type: '[text 1: 18 characters]' }],
    ['a word that the format does not know', { status: 'robin' }, { status: '[text 1: 5 characters]' }],
    ['a path', { path: '/home/robin/secret' }, { path: '[text 1: 18 characters]' }],
    [
      'a payload with a name of its own',
      { path: 'payloads/robin.json' },
      { path: '[text 1: 19 characters]' },
    ],
    ['a sentence as an id', { call_id: 'my secret' }, { call_id: 'id_1' }],
    ['a key', { robin: 1 }, { key_1: 1 }],
    ['a key of every object', JSON.parse('{"__proto__": "robin"}'), { key_1: '[text 1: 5 characters]' }],
    ['a number that is no measure', { content: 19_840_312 }, { content: 1 }],
  ])('leaves nothing of %s where the format has its own', (_what, value, left) => {
    expect(redact(value)).toEqual(left);
  });

  it('keeps the tools of Codex, and renames all others, servers and nicknames', () => {
    const named = {
      tool_name: 'exec_command',
      name: 'payroll',
      server: 'acme',
      nickname: 'Ada',
      tool: 'payroll',
    };
    expect(redact(named)).toEqual({
      tool_name: 'exec_command',
      name: 'name_1',
      server: 'name_2',
      nickname: 'name_3',
      tool: 'name_1',
    });
  });

  it('leaves neither keys nor numbers of what somebody else wrote', () => {
    const input = { arguments: JSON.stringify({ birthday: 19_840_312, session_id: 7, note: 'tulip' }) };
    const { arguments: text } = Object(redact(input));
    expect(JSON.parse(text)).toEqual({ key_1: 1, session_id: 7, key_2: '[text 1: 5 characters]' });
  });

  it('says the same of the same in every file, and of nothing else', () => {
    const one = redaction();
    expect(one.payload('"a b"')).toBe(one.payload('"a b"'));
    expect(one.payload('"a c"')).not.toBe(one.payload('"a b"'));
    const spelled = ['{"text":"a"}', '{ "text": "a" }'].map((text) => one.payload(JSON.stringify(text)));
    expect(new Set(spelled).size).toBe(2);
  });

  it('gives agents other names in the same places', () => {
    expect(redact(['/root', '/root/find_tulips', '/root/find_tulips/again'])).toEqual([
      '/root',
      '/root/name_1',
      '/root/name_1/name_2',
    ]);
  });

  it('keeps that an integer is beyond 64 or 128 bits, and not its digits', () => {
    const one = redaction();
    expect(one.payload('[18446744073709551999,340282366920938463463374607431768219999]')).toBe(
      '[18446744073709551617,340282366920938463463374607431768211458]',
    );
  });

  it('leaves nothing of what is no JSON', () => {
    expect(redaction().payload('{"text":"tulip')).toBe('[redacted');
  });

  it('leaves of a payload that cannot be read what is wrong with it', () => {
    const ref = {
      raw_payload_id: 'raw_payload:1',
      kind: { type: 'tool_result' },
      path: 'payloads/tulip',
    } as const;
    const problem = {
      code: 'payload_missing',
      message: 'cannot open /home/robin/tulip',
      hint: 'Copy it.',
      file: 'payloads/tulip',
      line: null,
      seq: 4,
      entity: null,
    } as const;
    const one = redaction();
    expect(one.problem(problem, ref)).toEqual({
      ...problem,
      message: 'payload raw_payload:1 could not be read',
      file: '[text 1: 14 characters]',
    });
    expect(one.path(ref.path)).toBe('[text 1: 14 characters]');
  });
});
