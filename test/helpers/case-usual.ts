/** The usual values of events, manifests and rows of the state, which `.case` files leave out. */
import {
  compact,
  object,
  Parser,
  entriesOf,
  printFields,
  same,
  timeOf,
  type Entry,
  type Json,
} from './case-notation.js';

export type Schema = 1 | 2;

/** Fields in printing order, as `key` or `key=usual value`; `$x` is a variable. */
export type Shape = readonly string[];
/** What variables stand for, as JSON; a field whose variable is not known has no usual value. */
export type Variables = Readonly<Record<string, string | undefined>>;

function usualEntries(shape: Shape, variables: Variables): readonly (readonly [string, Json | undefined])[] {
  return shape.map((field) => {
    const [key = '', usual] = field.split(/=(.*)/s);
    if (usual === undefined) return [`"${key}"`, undefined];
    const value = usual.startsWith('$') ? variables[usual.slice(1)] : usual;
    return [`"${key}"`, value === undefined ? undefined : Parser.whole(value)];
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
export function printShaped(shape: Shape, variables: Variables, entries: readonly Entry[]): string {
  const usual = new Map(usualEntries(shape, variables));
  const unusual = entries.filter(([key, value]) => {
    const expected = usual.get(key);
    return expected === undefined || !same(expected, value);
  });
  if (!same(object(fillIn(shape, variables, unusual)), object(entries))) return ` = ${printFields(entries)}`;
  return unusual.length === 0 ? '' : ` ${printFields(unusual)}`;
}

/** Reads what `printShaped` wrote; what variables stand for may depend on the fields that are written. */
export function readShaped(
  shape: Shape,
  text: string,
  variables: (written: readonly Entry[]) => Variables,
): readonly Entry[] {
  if (text.startsWith('= ')) return entriesOf(Parser.whole(text.slice(2)));
  const written = text === '' ? [] : entriesOf(Parser.whole(text));
  return fillIn(shape, variables(written), written);
}

export const fieldOf = (entries: readonly Entry[], key: string): string | undefined => {
  const value = entries.find(([name]) => name === `"${key}"`)?.[1];
  return value === undefined ? undefined : compact(value);
};

export const MANIFEST: Shape = [
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

/** In schema 2 a runtime start repeats the kind of its tool; the variable stands for that. */
const RUNTIME_START: Shape = ['tool_call_id', 'kind=$kind', 'runtime_payload'];

export const eventShape = (type: string, schema: Schema): Shape =>
  schema === 2 && type === 'tool_call_runtime_started' ? RUNTIME_START : (EVENTS.get(type) ?? []);

export function stateShape(schema: Schema): Shape {
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
export function tableShapes(schema: Schema): ReadonlyMap<string, Shape> {
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
        'accepted_at_unix_ms=$accepted_at',
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
    [
      'terminal_sessions',
      [
        'terminal_id=$key',
        'thread_id=@root',
        ...(schema === 2 ? ['created_by_operation_id=$creator', 'operation_ids=$creators'] : []),
      ],
    ],
    [
      'terminal_operations',
      [
        'operation_id=$key',
        schema === 2 ? 'terminal_id=$session' : 'terminal_id=null',
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

/** What the variables of a row stand for. In schema 2 a session is named after the operation that opens it. */
export function rowVariables(key: string, fields: readonly Entry[]): Variables {
  const [, creator] = /^"terminal_session:(.*")$/.exec(key) ?? [];
  const accepted = fieldOf(fields, 'accepted_seq');
  return {
    key,
    session: key.replace('"', '"terminal_session:'),
    creator: creator === undefined ? undefined : `"${creator}`,
    creators: creator === undefined ? undefined : `["${creator}]`,
    accepted_at: accepted === undefined ? undefined : timeOf(accepted),
  };
}
