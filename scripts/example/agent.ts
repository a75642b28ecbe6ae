import { functionOutput } from './items.js';
import type { Json, JsonObject, Place, Recorder } from './recorder.js';

const MODEL = { model: 'gpt-5.5', provider_name: 'example' };
const FOLDER = '/home/robin/harbour';

/** What a tool is called with, by the model or by a code cell. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly kind?: JsonObject;
  readonly invocation: JsonObject;
  /** The cell that calls it; null for the model. */
  readonly cell: string | null;
}

export interface Command {
  readonly id: string;
  readonly cmd: string;
  readonly process: number;
}

export interface Outcome {
  readonly stdout: string;
  readonly exitCode: number;
}

/** Ordinals that all agents of a session share. */
export interface Counters {
  inference: number;
}

/** One agent of the recorded session: its thread, its turn, and what its model has seen so far. */
export class Agent {
  readonly path: string;
  history: JsonObject[];
  readonly #recorder: Recorder;
  readonly #counters: Counters;
  readonly #thread: string;
  #turn = '';
  /** The response that the next request continues, and how much of the history the model has by then. */
  #previous: { readonly response: string; readonly seen: number } | null = null;

  constructor(
    recorder: Recorder,
    counters: Counters,
    who: { readonly thread: string; readonly path: string; readonly history: readonly JsonObject[] },
  ) {
    this.#recorder = recorder;
    this.#counters = counters;
    this.#thread = who.thread;
    this.path = who.path;
    this.history = [...who.history];
  }

  start(session: JsonObject): void {
    const metadata_payload = this.#recorder.payload('session_metadata', {
      thread_id: this.#thread,
      agent_path: this.path,
      ...session,
      cwd: FOLDER,
      rollout_path: `/home/robin/.codex/sessions/${this.#thread}.jsonl`,
      ...MODEL,
      approval_policy: 'never',
      sandbox_policy: 'DangerFullAccess',
    });
    const fields = { thread_id: this.#thread, agent_path: this.path, metadata_payload };
    this.#recorder.event(null, 'thread_started', fields);
  }

  end(): void {
    this.#recorder.event(null, 'thread_ended', { thread_id: this.#thread, status: 'completed' });
  }

  startTurn(id: string): void {
    this.#turn = id;
    this.event('codex_turn_started', { codex_turn_id: id, thread_id: this.#thread });
    this.#recorder.protocol('turn_started', { turn_id: id });
  }

  endTurn(): void {
    this.event('codex_turn_ended', { codex_turn_id: this.#turn, status: 'completed' });
    this.#recorder.protocol('turn_complete', { turn_id: this.#turn });
  }

  /** Asks the model; `meanwhile` is what happens before its answer is complete. */
  infer(answer: readonly JsonObject[], meanwhile: () => void = () => {}): void {
    const number = this.#ask();
    meanwhile();
    this.#recorder.wait(1800);
    const ids = { response_id: `resp_${number}`, upstream_request_id: `req_${number}` };
    const response_payload = this.#recorder.payload('inference_response', {
      ...ids,
      token_usage: this.#usage(),
      output_items: answer,
    });
    this.event('inference_completed', { inference_call_id: `inference:${number}`, ...ids, response_payload });
    this.history.push(...answer);
    this.#previous = { response: ids.response_id, seen: this.history.length };
  }

  /** Asks the model in vain. The next request has to repeat everything. */
  inferInVain(error: string): void {
    const number = this.#ask();
    this.#recorder.wait(9000);
    const nothing = { upstream_request_id: null, partial_response_payload: null };
    this.event('inference_failed', { inference_call_id: `inference:${number}`, error, ...nothing });
    this.#previous = null;
  }

  startTool({ id, name, kind, invocation, cell }: ToolCall): void {
    const invocation_payload = this.#recorder.payload('tool_invocation', {
      tool_name: name,
      tool_namespace: null,
      payload: invocation,
    });
    this.event('tool_call_started', {
      tool_call_id: id,
      model_visible_call_id: cell === null ? id : null,
      code_mode_runtime_tool_id: cell === null ? null : `tool-${id}`,
      requester: cell === null ? { type: 'model' } : { type: 'code_cell', runtime_cell_id: cell },
      kind: kind ?? { type: name },
      summary: { type: 'generic', label: name, input_preview: null, output_preview: null },
      invocation_payload,
    });
  }

  endTool(id: string, result: JsonObject): void {
    const result_payload = this.#recorder.payload('tool_result', result);
    this.event('tool_call_ended', { tool_call_id: id, status: 'completed', result_payload });
  }

  /** The tool answers the model by an item, which is history from now on. */
  answerTool(id: string, response_item: JsonObject): void {
    this.endTool(id, { type: 'direct_response', response_item });
    this.history.push(response_item);
  }

  startProcess(command: Command): void {
    this.event('tool_call_runtime_started', {
      tool_call_id: command.id,
      runtime_payload: this.#recorder.payload('tool_runtime_event', this.#process(command)),
    });
  }

  endProcess(command: Command, { stdout, exitCode }: Outcome): void {
    const status = exitCode === 0 ? 'completed' : 'failed';
    this.#recorder.wait(700);
    const runtime_payload = this.#recorder.payload('tool_runtime_event', {
      ...this.#process(command),
      stdout,
      stderr: '',
      aggregated_output: stdout,
      exit_code: exitCode,
      duration: { secs: 0, nanos: 700_000_000 },
      formatted_output: stdout,
      status,
    });
    this.event('tool_call_runtime_ended', { tool_call_id: command.id, status, runtime_payload });
  }

  /** A command that the model asked for, from its start to the item that shows its output. */
  run(command: Command, outcome: Outcome): void {
    const invocation = functionInvocation({ cmd: command.cmd });
    this.startTool({ id: command.id, name: 'exec_command', invocation, cell: null });
    this.startProcess(command);
    this.endProcess(command, outcome);
    const head = `Process exited with code ${outcome.exitCode}\nOutput:\n`;
    this.answerTool(command.id, functionOutput(command.id, head + outcome.stdout));
  }

  /** A command that a code cell asked for: its output goes to the script, not to the model. */
  runInCell(cell: string, command: Command, outcome: Outcome): void {
    const invocation = functionInvocation({ cmd: command.cmd });
    this.startTool({ id: command.id, name: 'exec_command', invocation, cell });
    this.startProcess(command);
    this.endProcess(command, outcome);
    const value = { exit_code: outcome.exitCode, original_token_count: 12, output: outcome.stdout };
    this.endTool(command.id, { type: 'code_mode_response', value });
  }

  /** Compacts the history to its first items and a summary that only the model can read. */
  compact(id: string, kept: readonly JsonObject[], summary: JsonObject): void {
    const ids = { compaction_id: id, compaction_request_id: `${id}:request` };
    this.event('compaction_request_started', {
      ...ids,
      ...this.#fields(),
      request_payload: this.#recorder.payload('compaction_request', { input: this.history }),
    });
    this.#recorder.wait(2500);
    const response_payload = this.#recorder.payload('compaction_response', { output_items: [summary] });
    this.event('compaction_request_completed', { ...ids, response_payload });
    const replacement = [...kept, summary];
    const checkpoint_payload = this.#recorder.payload('compaction_checkpoint', {
      input_history: this.history,
      replacement_history: replacement,
    });
    this.event('compaction_installed', { compaction_id: id, checkpoint_payload });
    this.history = replacement;
    this.#previous = null;
  }

  event(type: string, fields: JsonObject): void {
    this.#recorder.event(this.#place(), type, fields);
  }

  #place(): Place {
    return { thread: this.#thread, turn: this.#turn };
  }

  #fields(): JsonObject {
    return { thread_id: this.#thread, codex_turn_id: this.#turn, ...MODEL };
  }

  #ask(): number {
    this.#counters.inference += 1;
    const number = this.#counters.inference;
    const request: { [key: string]: Json } = { model: MODEL.model, input: this.history };
    if (this.#previous) {
      request['input'] = this.history.slice(this.#previous.seen);
      request['previous_response_id'] = this.#previous.response;
    }
    this.event('inference_started', {
      inference_call_id: `inference:${number}`,
      ...this.#fields(),
      request_payload: this.#recorder.payload('inference_request', request),
    });
    return number;
  }

  #usage(): JsonObject {
    const input_tokens = 900 + 120 * this.history.length;
    return {
      input_tokens,
      cached_input_tokens: 800,
      cache_write_input_tokens: 0,
      output_tokens: 140,
      reasoning_output_tokens: 60,
      total_tokens: input_tokens + 140,
    };
  }

  #process({ id, cmd, process }: Command): JsonObject {
    return {
      call_id: id,
      process_id: String(process),
      turn_id: this.#turn,
      command: ['/bin/bash', '-lc', cmd],
      cwd: FOLDER,
      parsed_cmd: [{ type: 'unknown', cmd }],
      source: 'unified_exec_startup',
    };
  }
}

export const functionInvocation = (args: JsonObject): JsonObject => ({
  type: 'function',
  arguments: JSON.stringify(args),
});
