import { describe, expect, it } from 'vitest';
import { rawTraceEventSchemas } from '../model/raw-event.js';
import type { LogEntry } from './log-entry.js';
import { badLine, readLine } from './read-line.js';

const event = {
  schema_version: 1,
  seq: 5,
  wall_time_unix_ms: 1050,
  rollout_id: 'r',
  thread_id: 'T1',
  codex_turn_id: 'U1',
  payload: { type: 'rollout_ended', status: 'completed' },
};
const text = JSON.stringify(event);
const read = (line: string, complete = true): LogEntry | undefined =>
  readLine(rawTraceEventSchemas[1], line, { line: 3, complete });
const readEvent = (line: string) => {
  const entry = read(line);
  return entry?.type === 'event' ? entry.event : entry;
};
const ended = (payload: string): string =>
  text.replace('{"type":"rollout_ended","status":"completed"}', payload);
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const NUMBER = '"$serde_json::private::Number"';
const RAW = '"$serde_json::private::RawValue"';

describe('a line of the log', () => {
  it('is an event', () => {
    expect(read(text)).toEqual({ type: 'event', line: 3, event });
  });

  it.each([
    ['spaces', ` ${JSON.stringify(event, null, 1).replaceAll('\n', ' ')}\r`],
    ['other keys', text.replace('{', '{"x":1.0,"x":[],')],
    ['escaped letters', text.replace('"seq"', '"\\u0073eq"').replace('"T1"', '"\\u00541"')],
    ['its values in a list', JSON.stringify(Object.values(event))],
    ['its payload in a list', ended('["rollout_ended","completed"]')],
    ['its status in an object', ended('{"status":{"completed":null},"type":"rollout_ended"}')],
    ['an empty object in its status', ended('{"type":"rollout_ended","status":{"completed":{}}}')],
    ['a reserved key', text.replace('{', `{${NUMBER}:"x",`)],
    ['a reserved key in its payload', ended(`{${RAW}:1,"type":"rollout_ended","status":"completed"}`)],
    [
      'a reserved key in what it ignores',
      ended(`{"type":"rollout_ended","status":"completed","x":[{${NUMBER}:"x","a":1}]}`),
    ],
    ['lone surrogates in what its envelope ignores', text.replace('{', '{"x":"\\ud800",')],
    ['many levels in what its envelope ignores', text.replace('{', `{"x":${nested(20_000)},`)],
  ])('may be written with %s', (_what, line) => {
    expect(readEvent(line)).toEqual(event);
  });

  it.each([
    ['null', text.replace('"T1"', 'null'), null],
    ['left out', text.replace('"thread_id":"T1",', ''), undefined],
  ])('may have a thread that is %s', (_what, line, thread) => {
    expect(readEvent(line)).toMatchObject({ payload: event.payload });
    expect(readEvent(line)).toHaveProperty('seq', 5);
    const entry = readEvent(line);
    expect(entry && 'thread_id' in entry ? entry.thread_id : undefined).toBe(thread);
  });

  it.each([
    ['seq', '9007199254740991', 9007199254740991],
    ['seq', '9007199254740992', 9007199254740992n],
    ['seq', '18446744073709551615', 18446744073709551615n],
    ['seq', '0', 0],
    ['wall_time_unix_ms', '-9223372036854775808', -(2n ** 63n)],
    ['schema_version', '4294967295', 4294967295],
  ])('keeps %s %s', (key, literal, value) => {
    const line = text.replace(new RegExp(`"${key}":\\d+`), `"${key}":${literal}`);
    expect(readEvent(line)).toHaveProperty(key, value);
  });

  it.each([
    ['seq', '-1'],
    ['seq', '-0'],
    ['seq', `{${NUMBER}:"5"}`],
    ['seq', `{${RAW}:"5"}`],
    ['wall_time_unix_ms', '-0'],
    ['seq', '5.0'],
    ['seq', '1e1'],
    ['seq', '18446744073709551616'],
    ['seq', '"5"'],
    ['seq', 'null'],
    ['wall_time_unix_ms', '1.5'],
    ['wall_time_unix_ms', '9223372036854775808'],
    ['schema_version', '4294967296'],
    ['rollout_id', 'null'],
    ['thread_id', '5'],
    ['payload', 'null'],
  ])('is no event with %s %s', (key, literal) => {
    const line = JSON.stringify({ ...event, [key]: 0 }).replace(`"${key}":0`, `"${key}":${literal}`);
    expect(read(line)).toMatchObject({
      type: 'problem',
      problem: { code: 'line_invalid', file: 'trace.jsonl', line: 3, message: expect.stringContaining(key) },
    });
  });

  it.each([
    ['a repeated key', text.replace('{', '{"seq":5,')],
    ['a repeated key of its payload', ended('{"type":"rollout_ended","status":"failed","status":"failed"}')],
    ['an unknown type', ended('{"type":"nope"}')],
    ['no type', ended('{"status":"completed"}')],
    ['an unknown status', ended('{"type":"rollout_ended","status":"cancelled"}')],
    ['a missing field', ended('{"type":"rollout_ended"}')],
    ['text behind it', `${text} x`],
    ['a second event', text + text],
    ['a byte order mark', `\ufeff${text}`],
    ['too few values in a list', JSON.stringify(Object.values(event).slice(1))],
    ['a lone surrogate', ended('{"type":"rollout_ended","status":"completed","x":"\\ud800"}')],
    ['many more levels', ended(`{"type":"rollout_ended","status":"completed","x":${nested(20_000)}}`)],
    ['too many levels', ended(`{"type":"rollout_ended","status":"completed","x":${nested(126)}}`)],
  ])('is no event with %s', (_what, line) => {
    expect(read(line)).toMatchObject({ type: 'problem', problem: { code: 'line_invalid' } });
  });

  it('may be as deep as the format allows', () => {
    const payload = `{"type":"rollout_ended","status":"completed","x":${nested(125)}}`;
    expect(readEvent(ended(payload))).toEqual(event);
  });

  it.each(['', ' ', '\t \r', '\u00a0', '\u2003\u3000', '\u0085'])('may be blank: %j', (line) => {
    expect(read(line)).toBeUndefined();
  });

  it.each(['\u200b', '\ufeff', '\u180e'])('is not blank with %j, which is no white space', (line) => {
    expect(read(line)).toMatchObject({ type: 'problem' });
  });

  it('that does not end may be torn', () => {
    expect(read(text.slice(0, -5), false)).toMatchObject({ problem: { code: 'line_torn', line: 3 } });
    expect(read(text, false)).toEqual({ type: 'event', line: 3, event });
  });
});

describe('a bad line', () => {
  it('says what is wrong with it', () => {
    expect(badLine({ line: 9, complete: true }, 'not UTF-8')).toMatchObject({
      problem: { code: 'line_invalid', line: 9, message: 'not an event: not UTF-8' },
    });
  });
});
