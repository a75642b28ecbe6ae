import { BundleWriter, type EventContext, pretty } from './bundle-writer.js';
import { type HistoryItem, type ItemFields, message, printList, reasoning } from './history.js';
import type { GenerateOptions } from './options.js';
import { Random, TextPool } from './random.js';
import { requestBase } from './requests.js';
import type { Dialect } from './schemas/dialect.js';
import { dialectOf } from './schemas/of-schema.js';

export interface Thread {
  readonly id: string;
  readonly agentPath: string;
  readonly preamble: readonly HistoryItem[];
  history: HistoryItem[];
  /** What waits for the next turn to be accepted into the history, where it stands already. */
  readonly unaccepted: HistoryItem[];
  readonly userMessages: HistoryItem[];
  readonly openTerminals: OpenTerminal[];
  /** What the next incremental request builds on; undefined where it has to be a full one. */
  previous: { readonly responseId: string; readonly items: number } | undefined;
  cells: number;
  turns: number;
}

/** A terminal that a command left running. */
export interface OpenTerminal {
  readonly processId: number;
  readonly commandId: string;
}

export interface Turn extends EventContext {
  readonly thread: Thread;
}

export interface SpawnedBy {
  readonly parentThreadId: string;
  readonly taskName: string;
}

/** What all kinds of turns share: threads, turns, inference calls and the counters behind ids. */
export class Session {
  readonly options: GenerateOptions;
  readonly random: Random;
  readonly texts: TextPool;
  readonly writer: BundleWriter;
  readonly dialect: Dialect;
  readonly #counters = new Map<string, number>();

  constructor(options: GenerateOptions) {
    this.options = options;
    this.random = new Random(options.seed);
    this.texts = new TextPool(this.random);
    this.writer = new BundleWriter(options.out, options.schema, this.random);
    const base = requestBase(options.baseBytes, this.writer.rootThreadId, this.texts);
    this.dialect = dialectOf(options.schema, base, this.writer, this.random);
  }

  /** The next number of a series, from 1. Ids made of it are never used again. */
  next(series: 'call' | 'cell-tool' | 'compaction' | 'inference' | 'process' | 'task'): number {
    const value = (this.#counters.get(series) ?? 0) + 1;
    this.#counters.set(series, value);
    return value;
  }

  /** The text of one tool output; lengths lie around the mean. */
  outputText(share = 1): string {
    const length = this.options.textLength * share * (0.3 + 1.4 * this.random.next());
    return this.texts.output(Math.max(20, Math.floor(length)));
  }

  reasoning(): ItemFields {
    const summary = this.texts.output(this.random.integer(60, 240));
    return reasoning(summary, this.texts.encrypted(this.random.integer(400, 1600)));
  }

  startThread(id: string, agentPath: string, spawnedBy?: SpawnedBy): Thread {
    const agent = { agent_path: agentPath, agent_nickname: 'Ada', agent_role: 'explorer' };
    const spawn = { parent_thread_id: spawnedBy?.parentThreadId ?? null, depth: 1, ...agent };
    const metadata = this.writer.payload('session_metadata', {
      thread_id: id,
      agent_path: agentPath,
      task_name: spawnedBy?.taskName ?? null,
      nickname: spawnedBy ? agent.agent_nickname : null,
      agent_role: spawnedBy ? agent.agent_role : null,
      session_source: spawnedBy ? { subagent: { thread_spawn: spawn } } : 'exec',
      cwd: '/project',
      rollout_path: '/project/rollout.jsonl',
      model: 'gpt-5',
      provider_name: 'mock',
      approval_policy: 'never',
      sandbox_policy: 'DangerFullAccess',
    });
    this.writer.event(null, 'thread_started', {
      thread_id: id,
      agent_path: agentPath,
      metadata_payload: metadata,
    });
    const preamble = this.dialect.requests.preamble();
    const lists = { history: [], unaccepted: [], userMessages: [], openTerminals: [] };
    const thread: Thread = { id, agentPath, preamble, ...lists, previous: undefined, cells: 0, turns: 0 };
    this.storeAhead(thread, message('developer', this.texts.output(2500)));
    this.storeAhead(thread, message('user', `<environment_context>\n${this.texts.output(600)}`));
    return thread;
  }

  endThread(thread: Thread): void {
    this.writer.event(null, 'thread_ended', { thread_id: thread.id, status: 'completed' });
  }

  startTurn(thread: Thread): Turn {
    thread.turns += 1;
    const turn = { thread, threadId: thread.id, turnId: this.random.uuid(this.writer.now) };
    this.writer.event(turn, 'codex_turn_started', { codex_turn_id: turn.turnId, thread_id: thread.id });
    this.writer.protocolEvent('task_started', {
      turn_id: turn.turnId,
      started_at: Math.floor(this.writer.now / 1000),
      model_context_window: 258_400,
    });
    for (const item of thread.unaccepted.splice(0)) this.dialect.items.accepted(turn, item);
    return turn;
  }

  endTurn(turn: Turn): void {
    this.writer.event(turn, 'codex_turn_ended', { codex_turn_id: turn.turnId, status: 'completed' });
    this.writer.protocolEvent('task_complete', {
      turn_id: turn.turnId,
      last_agent_message: this.texts.output(80),
      completed_at: Math.floor(this.writer.now / 1000),
    });
  }

  /** Appends an item to the history of the running turn. */
  store(turn: Turn, fields: ItemFields): HistoryItem {
    const item = this.dialect.items.item(fields);
    turn.thread.history.push(item);
    this.dialect.items.accepted(turn, item);
    return item;
  }

  /** Appends an item that the next turn of the thread is going to find. */
  storeAhead(thread: Thread, fields: ItemFields): void {
    const item = this.dialect.items.item(fields);
    thread.history.push(item);
    thread.unaccepted.push(item);
  }

  /** One inference call. `follow` writes what the answer sets off, be it complete by then or not. */
  infer(turn: Turn, fields: readonly ItemFields[], follow?: () => void): void {
    const { thread } = turn;
    const answer = fields.map((item) => this.dialect.items.item(item));
    const takeUp = () => {
      for (const item of answer) this.dialect.items.accepted(turn, item);
      follow?.();
    };
    const early = follow !== undefined && this.dialect.startsEarly();
    const call = { inference_call_id: `inference:${this.next('inference')}` };
    const request = this.writer.printedPayload('inference_request', this.#requestBody(thread));
    this.writer.event(turn, 'inference_started', { ...call, ...modelFields(turn), request_payload: request });
    if (early) takeUp();
    const ids = {
      response_id: `resp_${this.random.hex(24)}`,
      upstream_request_id: `req_${this.random.hex(16)}`,
    };
    const head = pretty({ ...ids, token_usage: this.#usage(thread) }).slice(0, -'\n}'.length);
    const body = `${head},\n  "output_items": ${printList(answer)}\n}`;
    const response = this.writer.printedPayload('inference_response', body);
    this.writer.event(turn, 'inference_completed', { ...call, ...ids, response_payload: response });
    thread.history.push(...answer);
    thread.previous = { responseId: ids.response_id, items: thread.history.length };
    if (!early) takeUp();
  }

  #requestBody({ previous, preamble, history }: Thread): string {
    const { requests } = this.dialect;
    if (this.options.mode === 'full' || !previous) return requests.full([...preamble, ...history]);
    return requests.incremental(previous.responseId)(history.slice(previous.items));
  }

  #usage(thread: Thread) {
    return {
      input_tokens: 1000 + thread.history.length * 300,
      cached_input_tokens: 800,
      output_tokens: this.random.integer(20, 900),
      reasoning_output_tokens: this.random.integer(0, 500),
      total_tokens: 3000,
    };
  }
}

/** Who asks which model: the same fields for an inference call and for a compaction request. */
export function modelFields(turn: Turn) {
  return {
    thread_id: turn.threadId,
    codex_turn_id: turn.turnId,
    model: 'gpt-5',
    provider_name: 'mock',
  };
}
