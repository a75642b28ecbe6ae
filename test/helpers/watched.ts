/** Sessions as a tail sees them: from rows that a test makes, or from a carried case, event by event. */
import { from } from 'rxjs';
import type { Problem } from '../../src/errors/trace-error.js';
import { insert, type Write } from '../../src/facts/writes.js';
import { liveReplay } from '../../src/live-replay.js';
import {
  endedAt,
  runningSince,
  type ExecutionStatus,
  type ExecutionWindow,
} from '../../src/model/execution.js';
import type { TraceRows } from '../../src/model/rollout-trace.js';
import type { ToolCallKind } from '../../src/model/tool-kind.js';
import type { TailSnapshot } from '../../src/node/index.js';
import { headerOf } from '../../src/replay.js';
import { lookedAt } from '../../src/streams/bursts.js';
import { traceBuilder } from '../../src/trace/trace-builder.js';
import { openInMemory } from '../fuzz/bundle.js';
import type { Case } from './case-file.js';
import { usualManifest } from './fold.js';

/** A session that goes on with each call: the snapshot behind these writes. */
export const watchedSession = (schema_version: 1 | 2 = 1, directory = '/traces/trace-1') => {
  const manifest = { ...usualManifest, schema_version };
  const builder = traceBuilder(headerOf(manifest));
  let events = 0;
  return (writes: readonly Write[], more: Partial<TailSnapshot> = {}): TailSnapshot => {
    for (const write of writes) builder.apply(write);
    events += writes.length;
    const state = { trace: builder.snapshot(), changes: builder.takeChanges() };
    return { ...state, diagnostics: [], pending: [], directory, manifest, events, restart: null, ...more };
  };
};

/** The snapshots of a carried case, one behind each line of its log. */
export const watchedCase = ({ files }: Case): readonly TailSnapshot[] => {
  const bundle = openInMemory(new Map([...files].map(([name, content]) => [name, Buffer.from(content)])));
  const seen: TailSnapshot[] = [];
  const bursts$ = from(bundle.entries.map((entry) => lookedAt([entry], bundle.payloads)));
  liveReplay(bursts$, bundle.manifest).subscribe((snapshot) => {
    const { manifest } = bundle;
    seen.push({ ...snapshot, directory: '/traces/case', manifest, events: seen.length + 1, restart: null });
  });
  return seen;
};

/** The window of something that began at this seq, at second 1 and as many; ended after some seconds, or not. */
export const since = (
  seq: number,
  seconds?: number,
  status: ExecutionStatus = 'completed',
): ExecutionWindow => {
  const window = runningSince({ seq, time: timeAt(seq) });
  return seconds === undefined
    ? window
    : endedAt(window, { seq: seq + seconds, time: timeAt(seq + seconds) }, status);
};

/** Unix milliseconds of the event with this seq: one second for each. */
export const timeAt = (seq: number): number => 1000 + 1000 * seq;

export const thread = (
  id: string,
  execution: ExecutionWindow,
  more: Partial<TraceRows['threads']> = {},
): Write =>
  insert('threads', id, {
    thread_id: id,
    agent_path: `/${id}`,
    nickname: null,
    origin: { type: 'root' },
    execution,
    default_model: null,
    conversation_item_ids: [],
    ...more,
  });

export const childOf = (parent: string): TraceRows['threads']['origin'] => ({
  type: 'spawned',
  parent_thread_id: parent,
  spawn_edge_id: 'E',
  task_name: '',
  agent_role: '',
});

export const turn = (id: string, of: string, execution: ExecutionWindow): Write =>
  insert('codex_turns', id, { codex_turn_id: id, thread_id: of, execution, input_item_ids: [] });

export const inference = (
  id: string,
  [of, within]: readonly [thread: string, turn: string],
  execution: ExecutionWindow,
  tokens?: readonly [input: number | bigint, cached: number | bigint, output: number | bigint],
): Write =>
  insert('inference_calls', id, {
    inference_call_id: id,
    thread_id: of,
    codex_turn_id: within,
    execution,
    model: 'gpt',
    provider_name: 'example',
    response_id: null,
    upstream_request_id: null,
    request_item_ids: [],
    response_item_ids: [],
    tool_call_ids_started_by_response: [],
    usage: tokens
      ? {
          input_tokens: tokens[0],
          cached_input_tokens: tokens[1],
          cache_write_input_tokens: 0,
          output_tokens: tokens[2],
          reasoning_output_tokens: 0,
        }
      : null,
    raw_request_payload_id: 'P',
    raw_response_payload_id: null,
  });

export const tool = (
  id: string,
  [of, within]: readonly [thread: string, turn: string],
  execution: ExecutionWindow,
  kind: ToolCallKind,
  more: Partial<TraceRows['tool_calls']> = {},
): Write =>
  insert('tool_calls', id, {
    tool_call_id: id,
    mcp_call_id: null,
    model_visible_call_id: null,
    code_mode_runtime_tool_id: null,
    thread_id: of,
    started_by_codex_turn_id: within,
    execution,
    requester: { type: 'model' },
    kind,
    model_visible_call_item_ids: [],
    model_visible_output_item_ids: [],
    terminal_operation_id: null,
    summary: { type: 'generic', label: '', input_preview: null, output_preview: null },
    raw_invocation_payload_id: null,
    raw_result_payload_id: null,
    raw_runtime_payload_ids: [],
    ...more,
  });

export const command = (
  id: string,
  of: string,
  execution: ExecutionWindow,
  script: string,
  exit_code: number | null = null,
): Write =>
  insert('terminal_operations', id, {
    operation_id: id,
    terminal_id: `terminal of ${id}`,
    tool_call_id: of,
    kind: 'exec_command',
    execution,
    request: {
      type: 'exec_command',
      command: ['/bin/bash', '-lc', script],
      display_command: `/bin/bash -lc ${script}`,
      cwd: '/',
      yield_time_ms: null,
      max_output_tokens: null,
    },
    result:
      exit_code === null
        ? null
        : {
            exit_code,
            stdout: '',
            stderr: '',
            formatted_output: null,
            original_token_count: null,
            chunk_id: null,
          },
    model_observations: [],
    raw_payload_ids: [],
  });

/** A write to the terminal of a command, or a poll of it where nothing is written. */
export const stdinTo = (
  id: string,
  of: string,
  execution: ExecutionWindow,
  first: string,
  stdin: string,
): Write =>
  insert('terminal_operations', id, {
    operation_id: id,
    terminal_id: `terminal of ${first}`,
    tool_call_id: of,
    kind: 'write_stdin',
    execution,
    request: { type: 'write_stdin', stdin, yield_time_ms: null, max_output_tokens: null },
    result: null,
    model_observations: [],
    raw_payload_ids: [],
  });

export const terminalOf = (first: string, within: string): Write =>
  insert('terminal_sessions', `terminal of ${first}`, {
    terminal_id: `terminal of ${first}`,
    thread_id: within,
    created_by_operation_id: first,
    operation_ids: [first],
    execution: since(1),
  });

export const cell = (
  id: string,
  [of, within]: readonly [thread: string, turn: string],
  execution: ExecutionWindow,
): Write =>
  insert('code_cells', id, {
    code_cell_id: id,
    model_visible_call_id: id,
    thread_id: of,
    codex_turn_id: within,
    source_item_id: 'I',
    output_item_ids: [],
    runtime_cell_id: null,
    execution,
    runtime_status: 'running',
    initial_response_at_unix_ms: null,
    initial_response_seq: null,
    initial_response_status: null,
    raw_initial_response_payload_id: null,
    raw_result_payload_id: null,
    yielded_at_unix_ms: null,
    yielded_seq: null,
    source_js: '',
    nested_tool_call_ids: [],
    wait_tool_call_ids: [],
  });

export const problem = (line: number): Problem => ({
  code: 'line_invalid',
  message: `line ${line} is bad`,
  hint: '',
  file: 'trace.jsonl',
  line,
  seq: null,
  entity: null,
});
