import { Random } from '../../bench/generate/random.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import type { Bundle } from './bundle.js';
import { choose, weighted } from './choose.js';
import { anyAgent, cellCalls, functionCalls, mails, newItems, nextHistory } from './session-items.js';
import type { RunningTool, SessionDialect, SessionState } from './session-dialect.js';
import { agents, SessionLog, type Agent, type JsonObject } from './session-log.js';
import { sessionsOfSchema1 } from './session-schema-1.js';
import { sessionsOfSchema2 } from './session-schema-2.js';
import { planCall } from './session-tools.js';

const executionStatuses = ['completed', 'completed', 'failed', 'cancelled', 'aborted', 'running'];
const cellStatuses = ['starting', 'running', 'yielded', 'completed', 'failed', 'terminated'];

const dialects: Record<SchemaVersion, SessionDialect> = { 1: sessionsOfSchema1, 2: sessionsOfSchema2 };

/** A session in which few ids and texts meet in all orders. The same seed gives the same one. */
export const randomSession = (seed: number, schema: SchemaVersion = 1): Bundle =>
  new RandomSession(new Random(seed), dialects[schema]).play();

class RandomSession implements SessionState {
  readonly random: Random;
  readonly log: SessionLog;
  readonly tools: RunningTool[] = [];
  readonly #dialect: SessionDialect;
  readonly #histories = new Map<Agent, JsonObject[]>();
  /** The payload of the last request of each agent. */
  readonly #requests = new Map<Agent, JsonObject>();
  /** Response ids that a later request may continue. */
  readonly #responses = new Map<Agent, string[]>();
  readonly #open: { readonly id: string; readonly agent: Agent; readonly turn: string }[] = [];
  readonly #cells: { readonly agent: Agent; readonly handle: string }[] = [];
  readonly #freeCalls = new Set<string>([...functionCalls, ...cellCalls]);
  #made = 0;

  constructor(random: Random, dialect: SessionDialect) {
    this.random = random;
    this.#dialect = dialect;
    this.log = new SessionLog(random, dialect);
  }

  play(): Bundle {
    for (const agent of agents) this.#openAgent(agent);
    const steps = [...this.#steps, ...this.#dialect.steps(this)];
    for (let left = this.random.integer(4, this.#dialect.longest); left > 0; left--)
      choose(this.random, steps)?.();
    this.#dialect.close(this);
    return this.log.bundle();
  }

  /** Steps that have nothing to work on do nothing. */
  readonly #steps = weighted<() => void>(
    [8, () => this.#request()],
    [8, () => this.#respond()],
    [6, () => this.startTool()],
    [10, () => this.continueTool()],
    [4, () => this.#startCell()],
    [4, () => this.#continueCell()],
    [2, () => this.observeResult()],
    [1, () => this.#compact()],
    [1, () => this.#endTurn()],
  );

  #openAgent(agent: Agent): void {
    const parent = agents.find(({ path }) => path === agent.path.replace(/\/\w+$/, ''));
    const spawn =
      parent && parent !== agent ? { subagent: { thread_spawn: { parent_thread_id: parent.id } } } : 'cli';
    const metadata_payload = this.log.payload('session_metadata', { model: 'm', session_source: spawn });
    const thread = { thread_id: agent.id, agent_path: agent.path, metadata_payload };
    this.log.event(null, null, { type: 'thread_started', ...thread });
    for (const codex_turn_id of agent.turns) {
      this.log.event(null, null, { type: 'codex_turn_started', codex_turn_id, thread_id: agent.id });
    }
  }

  place(): { agent: Agent; turn: string } {
    const agent = anyAgent(this.random) ?? agents[0];
    if (!agent) throw new Error('there are no agents');
    return { agent, turn: choose(this.random, agent.turns) ?? '' };
  }

  #next(prefix: string): string {
    this.#made += 1;
    return `${prefix}${this.#made}`;
  }

  #request(): void {
    const { agent, turn } = this.place();
    const before = this.historyOf(agent);
    const previous = choose(this.random, this.#responses.get(agent) ?? []);
    const incremental = previous !== undefined && this.random.chance(0.3);
    const input = incremental
      ? newItems(this.#dialect.items, this.random, 2)
      : nextHistory(this.#dialect.items, this.random, before);
    this.#histories.set(agent, incremental ? [...before, ...input] : input);
    const body = incremental ? { previous_response_id: previous, input } : { input };
    const request_payload = this.log.payload('inference_request', body);
    this.#infer(agent, turn, request_payload);
  }

  #infer(agent: Agent, turn: string, request_payload: JsonObject): void {
    const id = this.#next('i');
    const call = { inference_call_id: id, thread_id: agent.id, codex_turn_id: turn };
    const model = { model: 'm', provider_name: 'p' };
    this.log.event(agent, turn, { type: 'inference_started', ...call, ...model, request_payload });
    this.#open.push({ id, agent, turn });
    this.#requests.set(agent, request_payload);
  }

  requestAgain(): void {
    const { agent, turn } = this.place();
    const payload = this.#requests.get(agent);
    if (payload) this.#infer(agent, turn, payload);
  }

  historyOf(agent: Agent): readonly JsonObject[] {
    return this.#histories.get(agent) ?? [];
  }

  #respond(): void {
    const call = choose(this.random, this.#open.slice(-2));
    if (!call) return;
    const { id: inference_call_id, agent, turn } = call;
    const items = newItems(this.#dialect.items, this.random, 3);
    const payload = this.log.payload('inference_response', { output_items: items });
    this.#histories.set(agent, [...this.historyOf(agent), ...items]);
    if (this.random.chance(0.8)) {
      const response_id = `resp ${this.random.integer(0, 2)}`;
      this.#responses.set(agent, [...(this.#responses.get(agent) ?? []), response_id].slice(-2));
      this.log.event(agent, turn, {
        type: 'inference_completed',
        inference_call_id,
        response_id,
        response_payload: payload,
      });
    } else {
      const partial_response_payload = this.random.chance(0.5) ? payload : null;
      this.log.event(agent, turn, {
        type: 'inference_cancelled',
        inference_call_id,
        reason: 'r',
        partial_response_payload,
      });
    }
  }

  startTool(): void {
    const { agent, turn } = this.place();
    const shape = choose(this.random, this.#dialect.tools.shapes);
    if (!shape) return;
    const id = this.#next('t');
    const cell = choose(
      this.random,
      this.#cells.filter((each) => each.agent === agent),
    );
    const nested = cell !== undefined && this.random.chance(0.5);
    const callId = nested || this.random.chance(0.2) ? undefined : choose(this.random, [...this.#freeCalls]);
    if (callId !== undefined) this.#freeCalls.delete(callId);
    const plan = planCall(this.random, agent);
    this.tools.push({ id, agent, shape, plan, begun: false });
    this.log.event(agent, this.random.chance(0.9) ? turn : null, {
      type: 'tool_call_started',
      tool_call_id: id,
      model_visible_call_id: callId ?? null,
      requester: nested ? { type: 'code_cell', runtime_cell_id: cell.handle } : { type: 'model' },
      kind: shape.kind,
      summary: { type: 'generic', label: 'l' },
      invocation_payload: this.log.payload('tool_invocation', shape.invocation(this.random, plan)),
    });
  }

  continueTool(): void {
    const tool = choose(this.random, this.tools);
    if (!tool) return;
    const { id: tool_call_id, agent, plan } = tool;
    const status = choose(this.random, executionStatuses) ?? '';
    const form = this.random.integer(0, 2);
    const started = form === 0 ? this.#dialect.tools.started(this.random, tool) : undefined;
    tool.shape = started ?? tool.shape;
    const { shape } = tool;
    if (started) {
      tool.begun = true;
      const runtime_payload = this.log.payload('tool_runtime_event', shape.begin(this.random, plan));
      const start = { tool_call_id, ...this.#dialect.tools.runtimeStart(shape), runtime_payload };
      this.log.event(agent, null, { type: 'tool_call_runtime_started', ...start });
    } else if (form === 1) {
      const runtime_payload = this.log.payload('tool_runtime_event', shape.end(this.random, plan));
      this.log.event(agent, null, {
        type: 'tool_call_runtime_ended',
        tool_call_id,
        status,
        runtime_payload,
      });
    } else {
      const result = shape.result(this.random, plan);
      const result_payload = this.random.chance(0.8) ? this.log.payload('tool_result', result) : null;
      this.log.event(agent, null, { type: 'tool_call_ended', tool_call_id, status, result_payload });
    }
  }

  #startCell(): void {
    const { agent, turn } = this.place();
    const call = cellCalls[this.#cells.length];
    if (call === undefined) return;
    const handle = `h${this.random.integer(0, 2)}`;
    if (this.#cells.some((cell) => cell.handle === handle && cell.agent === agent)) return;
    this.#cells.push({ agent, handle });
    const cell = { runtime_cell_id: handle, model_visible_call_id: call, source_js: 'js' };
    this.log.event(agent, turn, { type: 'code_cell_started', ...cell });
  }

  #continueCell(): void {
    const cell = choose(this.random, this.#cells);
    if (!cell) return;
    const type = this.random.chance(0.5) ? 'code_cell_initial_response' : 'code_cell_ended';
    const status = choose(this.random, cellStatuses) ?? '';
    const envelope = this.random.chance(0.8) ? cell.agent : null;
    const report = {
      runtime_cell_id: cell.handle,
      status,
      ...this.#dialect.cellReport(this.random, this.log),
    };
    this.log.event(envelope, cell.agent.turns[0] ?? null, { type, ...report });
  }

  observeResult(): void {
    const { agent, turn } = this.place();
    const { agent: parent } = this.place();
    this.log.event(null, null, {
      type: 'agent_result_observed',
      edge_id: `edge ${this.random.integer(0, 2)} ${agent.path} ${parent.path}`,
      child_thread_id: agent.id,
      child_codex_turn_id: turn,
      parent_thread_id: parent.id,
      message: choose(this.random, mails) ?? '',
      carried_payload: this.random.chance(0.5) ? this.log.payload('agent_result', {}) : null,
    });
  }

  #compact(): void {
    const { agent, turn } = this.place();
    const before = this.historyOf(agent);
    const replacement_history = nextHistory(this.#dialect.items, this.random, before.slice(-2));
    this.#histories.set(agent, replacement_history);
    const checkpoint = {
      input_history: nextHistory(this.#dialect.items, this.random, before),
      replacement_history,
    };
    const checkpoint_payload = this.log.payload('compaction_checkpoint', checkpoint);
    this.log.event(agent, turn, {
      type: 'compaction_installed',
      compaction_id: this.#next('k'),
      checkpoint_payload,
    });
  }

  #endTurn(): void {
    const { agent, turn } = this.place();
    const status = choose(this.random, executionStatuses) ?? '';
    this.log.event(agent, turn, { type: 'codex_turn_ended', codex_turn_id: turn, status });
  }
}
