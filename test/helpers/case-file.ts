/**
 * Reads and writes `.case` files: a hand-written bundle and what the original reducer makes of it, as one short
 * text. The notation is described in test/cases/README.md. Reading is exact: every file of the bundle comes back
 * byte for byte, and JSON is handled as text, so numbers and escapes keep their spelling.
 */

export interface Case {
  readonly name: string;
  /** One sentence: the rule the case pins. */
  readonly about: string;
  /** `manifest.json`, `trace.jsonl`, `payloads/1.json`, ... */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The exact text of the printed state, or the first line of the error. */
  readonly expected: { readonly state: string } | { readonly error: string };
}

type Schema = 1 | 2;

// ---------------------------------------------------------------------------------------------------------------
// JSON as text

type Entry = readonly [key: string, value: Json];
/** A JSON value whose literals and keys are kept as they are spelled, quotes included. */
type Json =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] };

const literal = (text: string): Json => ({ kind: 'literal', text });
const object = (entries: readonly Entry[]): Json => ({ kind: 'object', entries });
const quoted = (text: string): string => JSON.stringify(text);

function compact(value: Json): string {
  switch (value.kind) {
    case 'literal':
      return value.text;
    case 'list':
      return `[${value.items.map(compact).join(',')}]`;
    case 'object':
      return `{${value.entries.map(([key, item]) => `${key}:${compact(item)}`).join(',')}}`;
  }
}

function pretty(value: Json, indent = ''): string {
  if (value.kind === 'literal') return value.text;
  const inner = `${indent}  `;
  const [open, close] = value.kind === 'list' ? ['[', ']'] : ['{', '}'];
  const lines =
    value.kind === 'list'
      ? value.items.map((item) => inner + pretty(item, inner))
      : value.entries.map(([key, item]) => `${inner}${key}: ${pretty(item, inner)}`);
  return lines.length === 0 ? open + close : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

const same = (a: Json, b: Json): boolean => compact(a) === compact(b);

// ---------------------------------------------------------------------------------------------------------------
// The notation: JSON with short forms

const ROOT = '00000000-0000-7000-8000-000000000001';
const timeOf = (seq: string): string => String(1000 + 10 * Number(seq));

const threadText = (short: string): string => quoted(short === 'root' ? ROOT : ROOT.slice(0, -1) + short);

function shortThread(text: string): string | undefined {
  const digit = /^"00000000-0000-7000-8000-00000000000([1-9a-f])"$/.exec(text)?.[1];
  return digit === undefined ? undefined : digit === '1' ? '@root' : `@${digit}`;
}

function shortLiteral(text: string): string {
  return (
    shortThread(text) ??
    text.replace(/^"conversation_item:(\d+)"$/, '%$1').replace(/^"raw_payload:(\d+)"$/, '#$1')
  );
}

const payloadRef = (id: string, kind: string): string =>
  `{"raw_payload_id":"raw_payload:${id}","kind":{"type":"${kind}"},"path":"payloads/${id}.json"}`;

function shortPayloadRef(text: string): string | undefined {
  const [, id, kind] = /^{"raw_payload_id":"raw_payload:(\d+)","kind":{"type":"([a-z_]+)"}/.exec(text) ?? [];
  if (id === undefined || kind === undefined) return undefined;
  return text === payloadRef(id, kind) ? `#${id}:${kind}` : undefined;
}

const executionWindow = (start: string, end: string, status: string): string =>
  `{"started_at_unix_ms":${timeOf(start)},"started_seq":${start},` +
  `"ended_at_unix_ms":${end === '' ? 'null' : timeOf(end)},"ended_seq":${end === '' ? 'null' : end},` +
  `"status":"${status}"}`;

function shortWindow(text: string): string | undefined {
  const found =
    /^{"started_at_unix_ms":\d+,"started_seq":(\d+),"ended_at_unix_ms":(?:null|\d+),"ended_seq":(null|\d+),"status":"([a-z]+)"}$/.exec(
      text,
    );
  const [, start, ended, status] = found ?? [];
  if (start === undefined || ended === undefined || status === undefined) return undefined;
  const end = ended === 'null' ? '' : ended;
  return text === executionWindow(start, end, status) ? `<${start}..${end} ${status}>` : undefined;
}

/** Short forms with one argument, written `name(argument)`; `$` stands for the argument. */
const CALLS: ReadonlyMap<string, string> = new Map([
  ['user', '{"type":"message","role":"user","content":[{"type":"input_text","text":$}]}'],
  ['assistant', '{"type":"message","role":"assistant","content":[{"type":"output_text","text":$}]}'],
  ['text', '{"type":"text","text":$}'],
]);

function shortCall(text: string): string | undefined {
  for (const [name, form] of CALLS) {
    const [before = '', after = ''] = form.split('$');
    if (!text.startsWith(before) || !text.endsWith(after)) continue;
    const argument = text.slice(before.length, text.length - after.length);
    if (/^"(?:[^"\\]|\\.)*"$/.test(argument)) return `${name}(${argument})`;
  }
  return undefined;
}

function printShort(value: Json): string {
  if (value.kind === 'literal') return shortLiteral(value.text);
  if (value.kind === 'list') return `[${value.items.map(printShort).join(', ')}]`;
  const text = compact(value);
  return shortPayloadRef(text) ?? shortWindow(text) ?? shortCall(text) ?? printFields(value.entries);
}

const IDENTIFIER = '[A-Za-z_][A-Za-z0-9_]*';

function printFields(entries: readonly Entry[]): string {
  const bare = new RegExp(`^"(${IDENTIFIER})"$`);
  return `{${entries.map(([key, item]) => `${key.replace(bare, '$1')}: ${printShort(item)}`).join(', ')}}`;
}

/** Reads JSON and the notation alike. */
class Parser {
  private at: number;
  constructor(
    private readonly text: string,
    start = 0,
  ) {
    this.at = start;
  }

  static whole(text: string): Json {
    const parser = new Parser(text);
    const value = parser.value();
    if (parser.rest() !== '') throw parser.bad('more text');
    return value;
  }

  rest(): string {
    return this.text.slice(this.at).trimStart();
  }

  private bad(what: string): Error {
    return new Error(`${what} at column ${this.at + 1}: ${this.text.slice(this.at, this.at + 40)}`);
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text) ?? undefined;
    if (found !== undefined) this.at = sticky.lastIndex;
    return found;
  }

  private skip(char: string): boolean {
    this.take(/[ \t\r\n]*/);
    if (this.text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private expect(char: string): void {
    if (!this.skip(char)) throw this.bad(`expected ${char}`);
  }

  private until(close: string, item: () => void): void {
    if (this.skip(close)) return;
    do item();
    while (this.skip(','));
    this.expect(close);
  }

  value(): Json {
    if (this.skip('{')) {
      const entries: Entry[] = [];
      this.until('}', () => {
        const key = this.key();
        this.expect(':');
        entries.push([key, this.value()]);
      });
      return object(entries);
    }
    if (this.skip('[')) {
      const items: Json[] = [];
      this.until(']', () => items.push(this.value()));
      return { kind: 'list', items };
    }
    const plain = this.take(/"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*/);
    if (plain !== undefined) return literal(plain[0]);
    return this.shortForm();
  }

  private key(): string {
    this.take(/[ \t\r\n]*/);
    const found = this.take(/"(?:[^"\\\n]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*/)?.[0];
    if (found === undefined) throw this.bad('expected a key');
    return found.startsWith('"') ? found : `"${found}"`;
  }

  private shortForm(): Json {
    let found: RegExpExecArray | undefined;
    if ((found = this.take(/@(root|[2-9a-f])/))) return literal(threadText(found[1] ?? ''));
    if ((found = this.take(/%(\d+)/))) return literal(`"conversation_item:${found[1] ?? ''}"`);
    if ((found = this.take(/#(\d+):([a-z_]+)/)))
      return Parser.whole(payloadRef(found[1] ?? '', found[2] ?? ''));
    if ((found = this.take(/#(\d+)/))) return literal(`"raw_payload:${found[1] ?? ''}"`);
    if ((found = this.take(/<(\d+)\.\.(\d*) ([a-z]+)>/)))
      return Parser.whole(executionWindow(found[1] ?? '', found[2] ?? '', found[3] ?? ''));
    const word = this.take(/[A-Za-z_][A-Za-z0-9_]*/)?.[0];
    if (word === 'null' || word === 'true' || word === 'false') return literal(word);
    const form = word === undefined ? undefined : CALLS.get(word);
    if (form === undefined) throw this.bad('expected a value');
    this.expect('(');
    const argument = compact(this.value());
    this.expect(')');
    return Parser.whole(form.replace('$', () => argument));
  }
}

function entriesOf(value: Json): readonly Entry[] {
  if (value.kind !== 'object') throw new Error(`expected an object, found ${compact(value)}`);
  return value.entries;
}

/** The value a JSON text spells, if `print` gives back exactly that text. */
function parseExact(text: string, print: (value: Json) => string): Json | undefined {
  try {
    const value = Parser.whole(text);
    return print(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Objects with known fields: the usual values are left out

/** Fields in printing order, as `key` or `key=usual value`; `$x` is a variable. */
type Shape = readonly string[];
type Variables = Readonly<Record<string, string>>;

function usualEntries(shape: Shape, variables: Variables): readonly (readonly [string, Json | undefined])[] {
  return shape.map((field) => {
    const [key = '', usual] = field.split(/=(.*)/s);
    if (usual === undefined) return [`"${key}"`, undefined];
    return [`"${key}"`, Parser.whole(usual.startsWith('$') ? (variables[usual.slice(1)] ?? 'null') : usual)];
  });
}

function fillIn(shape: Shape, variables: Variables, written: readonly Entry[]): readonly Entry[] {
  const filled: Entry[] = [];
  const known = usualEntries(shape, variables);
  for (const [key, usual] of known) {
    const value = written.find(([name]) => name === key)?.[1] ?? usual;
    if (value !== undefined) filled.push([key, value]);
  }
  return [...filled, ...written.filter(([name]) => !known.some(([key]) => key === name))];
}

/** ` {what is unusual}`, nothing when all is usual, or ` = {everything}` where the shape does not fit. */
function printShaped(shape: Shape, variables: Variables, entries: readonly Entry[]): string {
  const usual = new Map(usualEntries(shape, variables));
  const unusual = entries.filter(([key, value]) => {
    const expected = usual.get(key);
    return expected === undefined || !same(expected, value);
  });
  if (!same(object(fillIn(shape, variables, unusual)), object(entries))) return ` = ${printFields(entries)}`;
  return unusual.length === 0 ? '' : ` ${printFields(unusual)}`;
}

function readShaped(shape: Shape, variables: Variables, text: string): readonly Entry[] {
  if (text.startsWith('= ')) return entriesOf(Parser.whole(text.slice(2)));
  return fillIn(shape, variables, text === '' ? [] : entriesOf(Parser.whole(text)));
}

const MANIFEST: Shape = [
  'schema_version=$schema',
  'trace_id="trace-m"',
  'rollout_id="rollout-m"',
  'root_thread_id=@root',
  'started_at_unix_ms=1000',
  'raw_event_log="trace.jsonl"',
  'payloads_dir="payloads"',
];

const GENERIC_SUMMARY = 'summary={type: "generic", label: "l", input_preview: null, output_preview: null}';

const EVENTS: ReadonlyMap<string, Shape> = new Map([
  ['rollout_started', ['trace_id="trace-1"', 'root_thread_id=@root']],
  ['thread_started', ['thread_id=@root', 'agent_path="/root"', 'metadata_payload=null']],
  ['codex_turn_started', ['codex_turn_id=$turn', 'thread_id=$thread']],
  ['codex_turn_ended', ['codex_turn_id=$turn', 'status']],
  [
    'inference_started',
    [
      'inference_call_id',
      'thread_id=$thread',
      'codex_turn_id=$turn',
      'model="gpt-x"',
      'provider_name="prov"',
      'request_payload',
    ],
  ],
  [
    'tool_call_started',
    [
      'tool_call_id',
      'model_visible_call_id=null',
      'code_mode_runtime_tool_id=null',
      'requester={type: "model"}',
      'kind',
      GENERIC_SUMMARY,
      'invocation_payload=null',
    ],
  ],
  ['tool_call_ended', ['tool_call_id', 'status', 'result_payload=null']],
  ['code_cell_started', ['runtime_cell_id', 'model_visible_call_id', 'source_js="js"']],
  ['code_cell_initial_response', ['runtime_cell_id', 'status', 'response_payload=null']],
  [
    'compaction_request_started',
    [
      'compaction_id',
      'compaction_request_id',
      'thread_id=$thread',
      'codex_turn_id=$turn',
      'model="m"',
      'provider_name="p"',
      'request_payload',
    ],
  ],
]);

function stateShape(schema: Schema): Shape {
  return [
    'schema_version=$schema',
    'trace_id="trace-1"',
    'rollout_id="rollout-m"',
    'started_at_unix_ms=1000',
    'ended_at_unix_ms=null',
    'status="running"',
    ...(schema === 2 ? ['recording_complete=false'] : []),
    'root_thread_id=@root',
  ];
}

/** The tables of the state, in the order they are printed. */
function tableShapes(schema: Schema): ReadonlyMap<string, Shape> {
  const turn = ['thread_id=@root', 'codex_turn_id="turn-1"'];
  return new Map([
    [
      'threads',
      [
        'thread_id=$key',
        'agent_path',
        'nickname=null',
        'origin={type: "root"}',
        'execution',
        'default_model=null',
        'conversation_item_ids=[]',
      ],
    ],
    ['codex_turns', ['codex_turn_id=$key', 'thread_id=@root', 'execution', 'input_item_ids=[]']],
    [
      'conversation_items',
      [
        'item_id=$key',
        'responses_item_id',
        'accepted_at_unix_ms',
        'accepted_seq',
        ...turn,
        'first_seen_at_unix_ms',
        'role',
        'channel=null',
        'kind',
        'agent_message',
        'body',
        'call_id=null',
        'produced_by=[]',
      ],
    ],
    [
      'inference_calls',
      [
        'inference_call_id=$key',
        ...turn,
        'execution',
        'model="gpt-x"',
        'provider_name="prov"',
        'response_id=null',
        'upstream_request_id=null',
        'request_item_ids=[]',
        'response_item_ids=[]',
        'tool_call_ids_started_by_response=[]',
        'usage=null',
        'raw_request_payload_id',
        'raw_response_payload_id=null',
      ],
    ],
    [
      'code_cells',
      [
        'code_cell_id=$key',
        'model_visible_call_id',
        ...turn,
        'source_item_id',
        'output_item_ids=[]',
        'runtime_cell_id=null',
        'execution',
        'runtime_status',
        'initial_response_at_unix_ms=null',
        'initial_response_seq=null',
        ...(schema === 2
          ? [
              'initial_response_status=null',
              'raw_initial_response_payload_id=null',
              'raw_result_payload_id=null',
            ]
          : []),
        'yielded_at_unix_ms=null',
        'yielded_seq=null',
        'source_js="js"',
        'nested_tool_call_ids=[]',
        'wait_tool_call_ids=[]',
      ],
    ],
    [
      'tool_calls',
      [
        'tool_call_id=$key',
        'mcp_call_id=null',
        'model_visible_call_id=null',
        'code_mode_runtime_tool_id=null',
        'thread_id=@root',
        'started_by_codex_turn_id="turn-1"',
        'execution',
        'requester={type: "model"}',
        'kind',
        'model_visible_call_item_ids=[]',
        'model_visible_output_item_ids=[]',
        'terminal_operation_id=null',
        GENERIC_SUMMARY,
        'raw_invocation_payload_id=null',
        'raw_result_payload_id=null',
        'raw_runtime_payload_ids=[]',
      ],
    ],
    ['terminal_sessions', ['terminal_id=$key', 'thread_id=@root']],
    [
      'terminal_operations',
      [
        'operation_id=$key',
        'terminal_id=null',
        'tool_call_id',
        'kind',
        'execution',
        'request',
        'result=null',
        'model_observations=[]',
      ],
    ],
    ['compactions', ['compaction_id=$key', ...turn]],
    ['compaction_requests', ['compaction_request_id=$key', 'compaction_id', ...turn]],
    [
      'interaction_edges',
      [
        'edge_id=$key',
        'kind',
        'source',
        'target',
        'started_at_unix_ms',
        'ended_at_unix_ms=null',
        'carried_item_ids=[]',
        'carried_raw_payload_ids=[]',
      ],
    ],
    ['raw_payloads', ['raw_payload_id=$key']],
  ]);
}

// ---------------------------------------------------------------------------------------------------------------
// Text that fits no short form

/** Characters a reader or an editor could miss. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]|(?! )\p{Zs}/u;

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const escapeUnseen = (text: string): string =>
  quoted(text).replace(new RegExp(UNSEEN.source, 'gu'), (found) =>
    found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

function writeRaw(bytes: Uint8Array): string {
  const text = decode(bytes);
  if (text === undefined) return `base64 ${Buffer.from(bytes).toString('base64')}`;
  return text !== '' && text === text.trim() && !UNSEEN.test(text)
    ? `| ${text}`
    : `raw ${escapeUnseen(text)}`;
}

function readRaw(text: string): Uint8Array | undefined {
  if (text.startsWith('| ')) return encode(text.slice(2));
  if (text.startsWith('base64 ')) return Uint8Array.from(Buffer.from(text.slice(7), 'base64'));
  if (!text.startsWith('raw "')) return undefined;
  const value: unknown = JSON.parse(text.slice(4));
  return encode(String(value));
}

const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** A file of JSON in short form, where it is spelled compactly; else raw. */
function writeContent(bytes: Uint8Array): string {
  const text = decode(bytes);
  const value = text === undefined || UNSEEN.test(text) ? undefined : parseExact(text, compact);
  return value === undefined ? writeRaw(bytes) : printShort(value);
}

const readContent = (text: string): Uint8Array => readRaw(text) ?? encode(compact(Parser.whole(text)));

// ---------------------------------------------------------------------------------------------------------------
// Events

const ENVELOPE = [
  'schema_version',
  'seq',
  'wall_time_unix_ms',
  'rollout_id',
  'thread_id',
  'codex_turn_id',
  'payload',
].map((key) => `"${key}"`);
const BARE_ID = /^"([A-Za-z0-9][A-Za-z0-9_-]*)"$/;

const usualContext = (type: string): string =>
  /^(rollout|thread|recording)_/.test(type) ? '-' : '@root/turn-1';

function printContext(thread: string, turn: string): string | undefined {
  if (thread === 'null' && turn === 'null') return '-';
  const parts = [thread, turn].map((id) =>
    id === 'null' ? '-' : (shortThread(id) ?? BARE_ID.exec(id)?.[1]),
  );
  return parts.includes(undefined) ? undefined : parts.join('/');
}

function readContext(text: string): readonly [thread: string, turn: string] {
  const [thread = '-', turn = '-'] = text.split('/');
  const id = (part: string): string =>
    part === '-' ? 'null' : part.startsWith('@') ? threadText(part.slice(1)) : quoted(part);
  return [id(thread), id(turn)];
}

/** An event's line in short form, or undefined where it does not fit. */
function writeEvent(text: string, schema: Schema): string | undefined {
  const value = UNSEEN.test(text) ? undefined : parseExact(text, compact);
  if (value?.kind !== 'object' || value.entries.map(([key]) => key).join() !== ENVELOPE.join())
    return undefined;
  const [version = '', seq = '', time = '', rollout = '', thread = '', turn = ''] = value.entries.map(
    (entry) => compact(entry[1]),
  );
  const payload = value.entries[6]?.[1];
  if (version !== String(schema) || rollout !== '"rollout-m"' || !/^\d+$/.test(seq) || !/^-?\d+$/.test(time))
    return undefined;
  const [head, ...fields] = payload?.kind === 'object' ? payload.entries : [];
  if (head?.[0] !== '"type"') return undefined;
  const type = /^"([a-z_]+)"$/.exec(compact(head[1]))?.[1];
  const context = printContext(thread, turn);
  if (type === undefined || context === undefined) return undefined;
  return (
    seq +
    (time === timeOf(seq) ? '' : ` t=${time}`) +
    (context === usualContext(type) ? '' : ` ${context}`) +
    ` ${type}` +
    printShaped(EVENTS.get(type) ?? [], { thread, turn }, fields)
  );
}

function readEvent(line: string, schema: Schema): string {
  const found = /^(\d+)(?: t=(-?\d+))?(?: (-|[^ ]+\/[^ ]+))? ([a-z_]+)(?: (.*))?$/.exec(line);
  const [, seq, time, context, type, fields = ''] = found ?? [];
  if (seq === undefined || type === undefined) throw new Error(`not an event: ${line}`);
  const [thread, turn] = readContext(context ?? usualContext(type));
  const payload = object([
    ['"type"', literal(quoted(type))],
    ...readShaped(EVENTS.get(type) ?? [], { thread, turn }, fields),
  ]);
  const values = [String(schema), seq, time ?? timeOf(seq), '"rollout-m"', thread, turn, compact(payload)];
  return `{${ENVELOPE.map((key, index) => `${key}:${values[index] ?? ''}`).join(',')}}`;
}

const OPENING = ['1 rollout_started', '2 thread_started', '3 codex_turn_started'];

function writeTraceLine(bytes: Uint8Array, schema: Schema): string {
  const text = decode(bytes);
  if (text === undefined) return writeRaw(bytes);
  const ending = text.endsWith('\r') ? 'crlf ' : '';
  const event = writeEvent(text.slice(0, text.length - (ending === '' ? 0 : 1)), schema);
  return event === undefined ? writeRaw(bytes) : ending + event;
}

function readTraceLine(line: string, schema: Schema): Uint8Array {
  const raw = readRaw(line);
  if (raw !== undefined) return raw;
  return encode(line.startsWith('crlf ') ? `${readEvent(line.slice(5), schema)}\r` : readEvent(line, schema));
}

function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end; (end = bytes.indexOf(10, start)) !== -1; start = end + 1)
    lines.push(bytes.subarray(start, end));
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}

// ---------------------------------------------------------------------------------------------------------------
// The state

function writeState(text: string, schema: Schema): string[] {
  const value = UNSEEN.test(text.replaceAll('\n', '')) ? undefined : parseExact(text, pretty);
  const written = value?.kind === 'object' ? writeTables(value.entries, schema) : undefined;
  return written !== undefined && readState(written, schema) === text
    ? written
    : [`state ${writeRaw(encode(text))}`];
}

function writeTables(entries: readonly Entry[], schema: Schema): string[] | undefined {
  const tables = tableShapes(schema);
  const variables = { schema: String(schema) };
  const isTable = ([key]: Entry): boolean => tables.has(key.slice(1, -1));
  const lines = [
    `state${printShaped(
      stateShape(schema),
      variables,
      entries.filter((entry) => !isTable(entry)),
    )}`,
  ];
  for (const [key, table] of entries.filter(isTable)) {
    const name = key.slice(1, -1);
    if (table.kind !== 'object') return undefined;
    if (table.entries.length === 0) continue;
    lines.push(name);
    for (const [id, row] of table.entries) {
      if (row.kind !== 'object') return undefined;
      const ref = shortPayloadRef(compact(row));
      if (ref !== undefined && ref.startsWith(`${shortLiteral(id)}:`)) lines.push(`  ${ref}`);
      else
        lines.push(`  ${shortLiteral(id)}${printShaped(tables.get(name) ?? [], { key: id }, row.entries)}`);
    }
  }
  return lines;
}

function readState(lines: readonly string[], schema: Schema): string {
  const [head = '', ...rest] = lines;
  const headFields = head.slice('state '.length);
  const raw = readRaw(headFields);
  if (raw !== undefined) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(raw);
  const shapes = tableShapes(schema);
  const tables = new Map([...shapes.keys()].map((name): [string, Entry[]] => [name, []]));
  let current = '';
  for (const line of rest) {
    if (!line.startsWith('  ')) {
      if (!tables.has(line)) throw new Error(`no table of the state: ${line}`);
      current = line;
      continue;
    }
    const parser = new Parser(line, 2);
    const first = parser.value();
    if (first.kind === 'object') {
      const id = first.entries[0]?.[1] ?? first;
      tables.get(current)?.push([compact(id), first]);
    } else {
      const id = compact(first);
      tables
        .get(current)
        ?.push([id, object(readShaped(shapes.get(current) ?? [], { key: id }, parser.rest()))]);
    }
  }
  const scalars = readShaped(stateShape(schema), { schema: String(schema) }, headFields);
  return pretty(
    object([...scalars, ...[...tables].map(([name, rows]): Entry => [quoted(name), object(rows)])]),
  );
}

// ---------------------------------------------------------------------------------------------------------------
// The whole file

const PAYLOAD_FILE = /^payloads\/(0|[1-9]\d{0,8})\.json$/;
const payloadPath = (id: string): string => `payloads/${id}.json`;

function writeManifest(bytes: Uint8Array | undefined, schema: Schema): string | undefined {
  if (bytes === undefined) return 'manifest missing';
  const value = parseExact(decode(bytes) ?? '', pretty);
  if (value?.kind !== 'object') return `manifest ${writeRaw(bytes)}`;
  const fields = printShaped(MANIFEST, { schema: String(schema) }, value.entries);
  return fields === '' ? undefined : `manifest${fields}`;
}

const readManifest = (text: string, schema: Schema): Uint8Array =>
  readRaw(text) ?? encode(pretty(object(readShaped(MANIFEST, { schema: String(schema) }, text))));

function writeBundle(files: ReadonlyMap<string, Uint8Array>, schema: Schema): string[] {
  const lines: string[] = [];
  const manifest = writeManifest(files.get('manifest.json'), schema);
  if (manifest !== undefined) lines.push(manifest);

  const payloads = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) {
    const id = PAYLOAD_FILE.exec(path)?.[1];
    if (id !== undefined) payloads.set(id, bytes);
  }
  const written = new Set<string>();
  const writePayload = (id: string): void => {
    if (written.has(id)) return;
    written.add(id);
    const bytes = payloads.get(id);
    lines.push(`  #${id} ${bytes === undefined ? 'missing' : writeContent(bytes)}`);
  };

  const trace = files.get('trace.jsonl');
  if (trace === undefined) lines.push('trace missing');
  else {
    const events = splitLines(trace);
    let opening = 0;
    while (opening < OPENING.length) {
      const [line, usual] = [events[opening], OPENING[opening]];
      if (line === undefined || usual === undefined || !equalBytes(line, readTraceLine(usual, schema))) break;
      opening += 1;
    }
    if (opening > 0) lines.push(`1..${opening} opening`);
    for (const bytes of events.slice(opening)) {
      const line = writeTraceLine(bytes, schema);
      lines.push(line);
      for (const [, id = ''] of line.matchAll(/#(\d+):[a-z_]+/g)) writePayload(id);
    }
    if (trace.length > 0 && trace.at(-1) !== 10) lines.push('no newline at the end');
  }
  for (const id of [...payloads.keys()].sort((a, b) => Number(a) - Number(b))) writePayload(id);
  for (const [path, bytes] of files)
    if (path !== 'manifest.json' && path !== 'trace.jsonl' && !PAYLOAD_FILE.test(path))
      lines.push(`file ${quoted(path)} ${writeContent(bytes)}`);
  return lines;
}

/** Writes a case in the shorter of the two schemas' short forms; `readCase` gives the same case back. */
export function writeCase(value: Case): string {
  const { name, about, files, expected } = value;
  for (const text of [name, about])
    if (text === '' || text.includes('\n')) throw new Error(`not one line: ${text}`);
  const [first, second] = ([1, 2] as const).map((schema) =>
    [
      `# ${about}`,
      `case ${name}, schema ${schema}`,
      '',
      ...writeBundle(files, schema),
      '',
      ...('error' in expected ? [expected.error] : writeState(expected.state, schema)),
      '',
    ].join('\n'),
  );
  if (first === undefined || second === undefined) throw new Error('unreachable');
  return second.length < first.length ? second : first;
}

function readBundle(lines: readonly string[], schema: Schema): ReadonlyMap<string, Uint8Array> {
  let manifest: Uint8Array | undefined = readManifest('', schema);
  const trace: Uint8Array[] = [];
  let hasTrace = true;
  let newline = true;
  const payloads: [number, Uint8Array][] = [];
  const others: [string, Uint8Array][] = [];
  for (const line of lines) {
    const [, opening] = /^1\.\.([123]) opening$/.exec(line) ?? [];
    const [, id, payload = ''] = /^ {2}#(\d+) (.*)$/.exec(line) ?? [];
    if (opening !== undefined)
      trace.push(...OPENING.slice(0, Number(opening)).map((event) => readTraceLine(event, schema)));
    else if (id !== undefined) {
      if (payload !== 'missing') payloads.push([Number(id), readContent(payload)]);
    } else if (line.startsWith('manifest '))
      manifest = line === 'manifest missing' ? undefined : readManifest(line.slice(9), schema);
    else if (line === 'trace missing') hasTrace = false;
    else if (line === 'no newline at the end') newline = false;
    else if (line.startsWith('file ')) {
      const parser = new Parser(line, 5);
      const path: unknown = JSON.parse(compact(parser.value()));
      others.push([String(path), readContent(parser.rest())]);
    } else trace.push(readTraceLine(line, schema));
  }
  const files = new Map<string, Uint8Array>();
  if (manifest !== undefined) files.set('manifest.json', manifest);
  const parts = trace.flatMap((line, index) =>
    newline || index < trace.length - 1 ? [line, encode('\n')] : [line],
  );
  if (hasTrace) files.set('trace.jsonl', Uint8Array.from(Buffer.concat(parts)));
  for (const [id, bytes] of payloads.sort(([a], [b]) => a - b)) files.set(payloadPath(String(id)), bytes);
  for (const [path, bytes] of others) files.set(path, bytes);
  return files;
}

/** Reads a `.case` file: the bundle's files byte for byte and what the original answers. */
export function readCase(text: string): Case {
  const lines = text.split('\n');
  const [, about] = /^# (.+)$/.exec(lines[0] ?? '') ?? [];
  const [, name, version] = /^case (.+), schema ([12])$/.exec(lines[1] ?? '') ?? [];
  const gap = lines.indexOf('', 3);
  if (about === undefined || name === undefined || lines[2] !== '' || gap === -1 || lines.at(-1) !== '')
    throw new Error(
      'a case is: "# sentence", "case NAME, schema N", and two blocks with empty lines between',
    );
  const schema: Schema = version === '2' ? 2 : 1;
  const answer = lines.slice(gap + 1, -1);
  const [first = ''] = answer;
  return {
    name,
    about,
    files: readBundle(lines.slice(3, gap), schema),
    expected: /^state( |$)/.test(first) ? { state: readState(answer, schema) } : { error: first },
  };
}
