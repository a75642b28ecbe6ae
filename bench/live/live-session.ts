import { pretty, type Json, type JsonObject } from '../generate/bundle-writer.js';
import {
  functionCall,
  functionOutput,
  historyItem,
  message,
  reasoning,
  type HistoryItem,
  type ItemFields,
} from '../generate/history.js';
import type { SchemaVersion } from '../generate/options.js';
import { requestAround } from '../generate/requests.js';

/** What an event makes its reader open: nothing, a payload of at most some hundred bytes, or a whole request. */
export type EventClass = 'none' | 'small' | 'request';

export interface LiveEvent {
  readonly kind: string;
  readonly class: EventClass;
  /** As it stands in the log, without the line break. */
  readonly line: string;
  /** The payload that the line names; undefined where it names none. */
  readonly payload: { readonly path: string; readonly text: string } | undefined;
}

/** Length of the first full request, which each later one repeats and adds to. */
const REQUEST_LENGTH = 240_000;
const ITEM_LENGTH = 1200;

const requestWith = requestAround(
  { model: 'gpt-5', instructions: 'Be brief.' },
  { tools: [], tool_choice: 'auto', parallel_tool_calls: false },
);

/** Goes on with a thread of a session: one turn after the other, each with a full request and one command. */
export class LiveSession {
  readonly #thread: string;
  readonly #schema: SchemaVersion;
  readonly #history: HistoryItem[] = [];
  #number = 0;
  #seq: number;
  #turn = '';

  /** `seq` is that of the last event before. */
  constructor(schema: SchemaVersion, thread: string, seq: number) {
    this.#schema = schema;
    this.#seq = seq;
    this.#thread = thread;
    for (let length = 0; length < REQUEST_LENGTH; length += ITEM_LENGTH) {
      const head = `message ${this.#history.length} of the live session `;
      this.#history.push(this.#item(message('user', head.padEnd(ITEM_LENGTH - 150, 'lorem ipsum '))));
    }
  }

  *turn(): Iterable<LiveEvent> {
    const call = `live-call-${this.#next()}`;
    const inference = { inference_call_id: `live-inference:${this.#next()}` };
    this.#turn = `live-turn-${this.#next()}`;
    const turn = { codex_turn_id: this.#turn };
    const model = { thread_id: this.#thread, ...turn, model: 'gpt-5', provider_name: 'mock' };
    const tool = { tool_call_id: call };
    const args = JSON.stringify({ cmd: `sed -n 1,9p file-${call}` });
    const answer = [
      reasoning(`thoughts of ${call}`, 'x'.repeat(80)),
      functionCall('exec_command', call, args),
    ];
    const output = functionOutput(call, `Exit code: 0\nOutput:\nlines of ${call}\n`);

    yield this.#event('codex_turn_started', { ...turn, thread_id: this.#thread });
    yield this.#request('inference_started', { ...inference, ...model });
    const items = answer.map((fields) => this.#item(fields));
    const response = { response_id: `resp_${call}`, upstream_request_id: null };
    const usage = { input_tokens: 900, cached_input_tokens: 800, output_tokens: 40, total_tokens: 940 };
    const body = { ...response, token_usage: usage, output_items: items.map(withId) };
    yield this.#event('inference_completed', { ...inference, ...response }, ['response', body]);
    yield* this.#accepted(items);
    yield this.#event(
      'tool_call_started',
      {
        ...tool,
        model_visible_call_id: call,
        code_mode_runtime_tool_id: null,
        requester: { type: 'model' },
        kind: { type: 'exec_command' },
        summary: { type: 'generic', label: 'exec_command', input_preview: args, output_preview: null },
      },
      [
        'invocation',
        { tool_name: 'exec_command', tool_namespace: null, payload: { type: 'function', arguments: args } },
      ],
    );
    const process = {
      call_id: call,
      process_id: call,
      turn_id: this.#turn,
      command: ['/bin/bash', '-lc', args],
      cwd: '/project',
      parsed_cmd: [{ type: 'unknown', cmd: args }],
      source: 'unified_exec_startup',
    };
    const kind = this.#schema === 2 ? { kind: { type: 'exec_command' } } : {};
    yield this.#event('tool_call_runtime_started', { ...tool, ...kind }, ['runtime', process]);
    const output1 = { stdout: 'lines', stderr: '', formatted_output: 'lines' };
    const end = {
      ...(this.#schema === 1 && output1),
      aggregated_output: 'lines',
      exit_code: 0,
      duration: { secs: 0, nanos: 9 },
      status: 'completed',
    };
    const ended = { ...tool, status: 'completed' };
    yield this.#event('tool_call_runtime_ended', ended, ['runtime', { ...process, ...end }]);
    yield this.#event('tool_call_ended', { ...ended, result_payload: null });
    yield* this.#accepted([this.#item(output)]);
    yield this.#event('codex_turn_ended', { ...turn, status: 'completed' });
  }

  #next(): number {
    this.#number += 1;
    return this.#number;
  }

  #item(fields: ItemFields): HistoryItem {
    return historyItem(fields, this.#schema === 2 ? `live_item_${this.#next()}` : undefined);
  }

  /** Puts items into the history; schema 2 records a receipt for each. */
  *#accepted(items: readonly HistoryItem[]): Iterable<LiveEvent> {
    for (const item of items) {
      this.#history.push(item);
      if (item.id !== undefined) yield this.#event('history_item_accepted', { item_id: item.id });
    }
  }

  #request(type: string, fields: JsonObject): LiveEvent {
    const payload = this.#payload('request', requestWith(this.#history));
    return { ...this.#line(type, { ...fields, request_payload: payload.ref }), class: 'request', payload };
  }

  #event(type: string, fields: JsonObject, named?: readonly [name: string, value: Json]): LiveEvent {
    if (!named) return { ...this.#line(type, fields), class: 'none', payload: undefined };
    const [name, value] = named;
    const payload = this.#payload(name, pretty(value));
    const line = this.#line(type, { ...fields, [`${name}_payload`]: payload.ref });
    return { ...line, class: 'small', payload };
  }

  #payload(name: string, text: string) {
    const number = this.#next();
    const path = `live/${number}.json`;
    const ref = { raw_payload_id: `live_payload:${number}`, kind: { type: KINDS[name] ?? name }, path };
    return { path, text, ref };
  }

  #line(type: string, fields: JsonObject) {
    this.#seq += 1;
    const envelope = {
      schema_version: this.#schema,
      seq: this.#seq,
      wall_time_unix_ms: 1_799_000_000_000,
      rollout_id: this.#thread,
      thread_id: this.#thread,
      codex_turn_id: this.#turn,
      payload: { type, ...fields },
    };
    return { kind: type, line: JSON.stringify(envelope) };
  }
}

const KINDS: Readonly<Record<string, string>> = {
  request: 'inference_request',
  response: 'inference_response',
  invocation: 'tool_invocation',
  runtime: 'tool_runtime_event',
};

const withId = ({ fields, id }: HistoryItem): Json => (id === undefined ? fields : { ...fields, id });
