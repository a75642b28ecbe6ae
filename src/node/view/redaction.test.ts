import { describe, expect, it } from 'vitest';
import { redaction } from './redaction.js';

const redact = (value: unknown): unknown => JSON.parse(redaction().payload(JSON.stringify(value)));

describe('a redacted recording', () => {
  it('keeps ids, kinds, statuses, times and tokens', () => {
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
    ['a sentence', { type: 'rm -rf /home/robin' }],
    ['a path', { path: '/home/robin/secret' }],
    ['a sentence as an id', { call_id: 'my secret' }],
  ])('leaves nothing of %s where a word of the format belongs', (_what, value) => {
    expect(JSON.stringify(redact(value))).not.toMatch(/secret|robin/);
  });

  it('leaves neither keys nor numbers of what somebody else wrote', () => {
    const input = { arguments: JSON.stringify({ birthday: 19_840_312, session_id: 7, note: 'tulip' }) };
    const { arguments: text } = Object(redact(input));
    expect(JSON.parse(text)).toEqual({ key_1: 0, session_id: 7, key_2: '[text 1: 5 characters]' });
  });

  it('says the same of the same in every file', () => {
    const one = redaction();
    expect(one.payload('"a b"')).toBe(one.line('"a b"'));
    expect(one.payload('"a c"')).not.toBe(one.payload('"a b"'));
  });

  it('gives agents other names in the same places', () => {
    expect(redact(['/root', '/root/find_tulips', '/root/find_tulips/again'])).toEqual([
      '/root',
      '/root/agent_1',
      '/root/agent_1/agent_2',
    ]);
  });

  it('leaves nothing of what is no JSON', () => {
    expect(redaction().line('{"text":"tulip')).toBe('[redacted');
  });
});
