import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCase, writeCase, type Case } from './case-file.js';

const ROOT = '00000000-0000-7000-8000-000000000001';
const cases = fileURLToPath(new URL('../cases/', import.meta.url));
const paths = readdirSync(cases, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.case'),
);

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
const traceOf = (value: Case): string[] => text(value.files.get('trace.jsonl')).split('\n');

const caseText = (bundle: string[], answer: string[], schema = 1): string =>
  ['# A rule.', `case sample, schema ${schema}`, '', ...bundle, '', ...answer, ''].join('\n');

const SAMPLE = { name: 'sample', schema: 1, about: 'A rule.' } as const;

/** The case with this trace and these payloads, written and read again. */
function carry(trace: string | Uint8Array, others: Record<string, string | Uint8Array> = {}): [string, Case] {
  const files = new Map(
    Object.entries({ 'manifest.json': '{}', 'trace.jsonl': trace, ...others }).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  const value: Case = { ...SAMPLE, files, expected: { error: 'Error: x' } };
  const written = writeCase(value);
  const back = readCase(written);
  expect([...back.files.keys()].sort()).toEqual([...files.keys()].sort());
  for (const [path, bytes] of files)
    expect(Buffer.from(back.files.get(path) ?? [])).toEqual(Buffer.from(bytes));
  expect(back.expected).toEqual(value.expected);
  return [written, back];
}

describe('the case files', () => {
  it('are there', () => expect(paths.length).toBeGreaterThan(100));

  it.each(paths)('%s is written as it was read', (path) => {
    const file = readFileSync(new URL(path, new URL('../cases/', import.meta.url)), 'utf8');
    const value = readCase(file);
    expect(path.split(/[\\/]/)).toEqual([`schema-${value.schema}`, `${value.name}.case`]);
    expect(writeCase(value)).toBe(file);
  });
});

describe('short forms', () => {
  it('fill in the manifest and the opening events', () => {
    const value = readCase(caseText(['1..3 opening'], ['Error: x']));
    expect(text(value.files.get('manifest.json'))).toBe(
      `{\n  "schema_version": 1,\n  "trace_id": "trace-m",\n  "rollout_id": "rollout-m",\n` +
        `  "root_thread_id": "${ROOT}",\n  "started_at_unix_ms": 1000,\n` +
        `  "raw_event_log": "trace.jsonl",\n  "payloads_dir": "payloads"\n}`,
    );
    expect(traceOf(value)).toEqual([
      `{"schema_version":1,"seq":1,"wall_time_unix_ms":1010,"rollout_id":"rollout-m","thread_id":null,"codex_turn_id":null,"payload":{"type":"rollout_started","trace_id":"trace-1","root_thread_id":"${ROOT}"}}`,
      `{"schema_version":1,"seq":2,"wall_time_unix_ms":1020,"rollout_id":"rollout-m","thread_id":null,"codex_turn_id":null,"payload":{"type":"thread_started","thread_id":"${ROOT}","agent_path":"/root","metadata_payload":null}}`,
      `{"schema_version":1,"seq":3,"wall_time_unix_ms":1030,"rollout_id":"rollout-m","thread_id":"${ROOT}","codex_turn_id":"turn-1","payload":{"type":"codex_turn_started","codex_turn_id":"turn-1","thread_id":"${ROOT}"}}`,
      '',
    ]);
    expect(value.expected).toEqual({ error: 'Error: x' });
  });

  it('fill in an event from its envelope, its time and its payload', () => {
    const event =
      '9 t=-5 @2/turn-c inference_started {inference_call_id: "i", request_payload: #1:inference_request}';
    const value = readCase(caseText([event, '  #1 {input: [user("a")]}'], ['Error: x']));
    expect(traceOf(value)[0]).toBe(
      '{"schema_version":1,"seq":9,"wall_time_unix_ms":-5,"rollout_id":"rollout-m",' +
        '"thread_id":"00000000-0000-7000-8000-000000000002","codex_turn_id":"turn-c",' +
        '"payload":{"type":"inference_started","inference_call_id":"i",' +
        '"thread_id":"00000000-0000-7000-8000-000000000002","codex_turn_id":"turn-c",' +
        '"model":"gpt-x","provider_name":"prov","request_payload":{"raw_payload_id":"raw_payload:1",' +
        '"kind":{"type":"inference_request"},"path":"payloads/1.json"}}}',
    );
    expect(text(value.files.get('payloads/1.json'))).toBe(
      '{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]}]}',
    );
  });

  it('fill in the id of a message', () => {
    const event = '4 inference_started {inference_call_id: "i", request_payload: #1:inference_request}';
    const value = readCase(caseText([event, '  #1 [user("a", "m1"), assistant("b", "m2")]'], ['Error: x']));
    expect(text(value.files.get('payloads/1.json'))).toBe(
      '[{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}],"id":"m1"},' +
        '{"type":"message","role":"assistant","content":[{"type":"output_text","text":"b"}],"id":"m2"}]',
    );
  });

  it('repeat the kind of a tool at its runtime start in schema 2', () => {
    const events = [
      '4 tool_call_started {tool_call_id: "t", kind: {type: "web"}}',
      '5 tool_call_runtime_started {tool_call_id: "t", runtime_payload: 1}',
      '6 tool_call_runtime_started {tool_call_id: "t", kind: {type: "x"}, runtime_payload: 2}',
      '7 tool_call_runtime_started {tool_call_id: "unknown", runtime_payload: 3}',
    ];
    const payloads = (schema: number): string[] =>
      traceOf(readCase(caseText(events, ['Error: x'], schema))).flatMap((line) =>
        line.includes('runtime_started","') ? [line.slice(line.indexOf('"tool_call_id"'))] : [],
      );
    expect(payloads(2)).toEqual([
      '"tool_call_id":"t","kind":{"type":"web"},"runtime_payload":1}}',
      '"tool_call_id":"t","kind":{"type":"x"},"runtime_payload":2}}',
      '"tool_call_id":"unknown","runtime_payload":3}}',
    ]);
    expect(payloads(1)[0]).toBe('"tool_call_id":"t","runtime_payload":1}}');
  });

  it('name a terminal session after its first operation in schema 2', () => {
    const answer = [
      'state',
      'conversation_items',
      '  %1 {accepted_seq: 7}',
      'terminal_sessions',
      '  "terminal_session:o"',
      'terminal_operations',
      '  "o"',
    ];
    const { expected } = readCase(caseText(['1..3 opening'], answer, 2));
    const state: unknown = JSON.parse('state' in expected ? expected.state : '');
    expect(state).toMatchObject({
      conversation_items: { 'conversation_item:1': { accepted_at_unix_ms: 1070, accepted_seq: 7 } },
      terminal_sessions: { 'terminal_session:o': { created_by_operation_id: 'o', operation_ids: ['o'] } },
      terminal_operations: { o: { terminal_id: 'terminal_session:o' } },
    });
  });

  it('print the state in full', () => {
    const answer = [
      'state {started_at_unix_ms: 18446744073709551615}',
      'codex_turns',
      '  "t" {execution: <5..9 failed>, input_item_ids: [%1]}',
      'raw_payloads',
      '  #2:tool_result',
    ];
    const { expected } = readCase(caseText(['1..3 opening'], answer, 2));
    const state = 'state' in expected ? expected.state : '';
    expect(state).toContain('"schema_version": 2,\n');
    expect(state).toContain('"started_at_unix_ms": 18446744073709551615,\n');
    expect(state).toContain('"recording_complete": false,\n');
    expect(state).toContain(
      '  "codex_turns": {\n    "t": {\n      "codex_turn_id": "t",\n' +
        `      "thread_id": "${ROOT}",\n      "execution": {\n        "started_at_unix_ms": 1050,\n` +
        '        "started_seq": 5,\n        "ended_at_unix_ms": 1090,\n        "ended_seq": 9,\n' +
        '        "status": "failed"\n      },\n      "input_item_ids": [\n        "conversation_item:1"\n      ]\n' +
        '    }\n  },\n  "conversation_items": {},\n',
    );
    expect(state.endsWith('"path": "payloads/2.json"\n    }\n  }\n}')).toBe(true);
  });
});

describe('what fits no short form', () => {
  const plain =
    '{"schema_version":1,"seq":1,"wall_time_unix_ms":1010,"rollout_id":"rollout-m","thread_id":null,"codex_turn_id":null,"payload":{"type":"rollout_ended","status":"failed"}}';

  it.each([
    ['an ordinary event', `${plain}\n`, '1 rollout_ended {status: "failed"}'],
    ['CRLF', `${plain}\r\n`, 'crlf 1 rollout_ended {status: "failed"}'],
    ['no newline at the end', plain, 'no newline at the end'],
    ['an empty trace', '', 'manifest = {}'],
    ['a blank line', '\n', 'raw ""'],
    ['spaces', ' \n', 'raw " "'],
    ['a byte order mark', '\ufeff{}\n', 'raw "\\ufeff{}"'],
    ['another order of keys', '{"seq":1}\n', '| {"seq":1}'],
    ['the positional form', '[1,2]\n', '| [1,2]'],
    ['spaces in an event', `${plain.replace(':', ': ')}\n`, `| ${plain.replace(':', ': ')}`],
    ['another rollout', `${plain.replace('-m', '-n')}\n`, '1 rollout=rollout-n rollout_ended {'],
    ['another schema', `${plain.replace(':1', ':2')}\n`, '1 schema=2 rollout_ended {'],
    ['an odd rollout', `${plain.replace('-m', ' m')}\n`, `| ${plain.replace('-m', ' m')}`],
    ['a float as seq', `${plain.replace('"seq":1', '"seq":1.0')}\n`, '| {"schema_version":1,"seq":1.0,'],
    [
      'a large seq',
      `${plain.replace('"seq":1', '"seq":18446744073709551615')}\n`,
      '18446744073709551615 t=1010 ',
    ],
    [
      'a repeated key',
      `${plain.replace('"status"', '"status":"a","status"')}\n`,
      '1 rollout_ended {status: "a", status: "failed"}',
    ],
    [
      'an event without one of its usual fields',
      `${plain.replace('"rollout_ended","status":"failed"', '"thread_started","agent_path":"/a"')}\n`,
      '1 thread_started = {agent_path: "/a"}',
    ],
    ['bytes that are not UTF-8', Uint8Array.from([0xff, 10]), 'base64 /w=='],
  ])('%s', (_, trace, line) => {
    expect(`\n${carry(trace)[0]}`).toContain(`\n${line}`);
  });

  it.each([
    ['{"a":1.50,"a":-0,"b-c":"@root"}', '{a: 1.50, a: -0, "b-c": "@root"}'],
    ['{"a": 1}', '| {"a": 1}'],
    ['{a:@root}', '| {a:@root}'],
    ['not json', '| not json'],
    ['', 'raw ""'],
    ['{}\n', 'raw "{}\\n"'],
    ['"\u2028"', 'raw "\\"\\u2028\\""'],
    ['"raw_payload:7"', '#7'],
  ])('the payload %j', (content, short) => {
    expect(carry('', { 'payloads/7.json': content })[0]).toContain(`\n  #7 ${short}\n`);
  });

  it('other files, and payloads that are missing', () => {
    const event = plain.replace(
      '"status":"failed"',
      '"p":{"raw_payload_id":"raw_payload:4","kind":{"type":"tool_result"},"path":"payloads/4.json"}',
    );
    const [written] = carry(`${event}\n`, { 'payloads/x y.json': '[]', 'payloads/01.json': '1' });
    expect(written).toContain(
      '1 rollout_ended {p: #4:tool_result}\n  #4 missing\nfile "payloads/x y.json" []\n',
    );
  });

  it('a state that is not printed as usual', () => {
    for (const state of ['{"a":1}', '{\n  "threads": 5\n}', '{\n  "z": {}\n}', '']) {
      const value: Case = { ...SAMPLE, files: new Map(), expected: { state } };
      expect(readCase(writeCase(value))).toEqual(value);
    }
  });

  it('a bundle without manifest or trace', () => {
    const value: Case = { ...SAMPLE, files: new Map(), expected: { error: 'Error: x' } };
    expect(writeCase(value)).toContain('\nmanifest missing\ntrace missing\n');
    expect(readCase(writeCase(value))).toEqual(value);
  });
});

it('refuses text that is no case', () => {
  expect(() => readCase('')).toThrow('a case is');
  expect(() => readCase(caseText(['1 rollout_ended {status: nope}'], ['Error: x']))).toThrow(
    'expected a value',
  );
  expect(() => readCase(caseText(['1 x {p: user("a", "b", "c")}'], ['Error: x']))).toThrow(
    'user does not take 3 arguments',
  );
  expect(() => readCase(caseText(['what is this?'], ['Error: x']))).toThrow('not an event');
  expect(() => readCase(caseText([], ['state', 'tables']))).toThrow();
});
