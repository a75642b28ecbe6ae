import type { SchemaVersion } from '../../src/model/schema-version.js';
import type { ToolRecorder, ThreadRecorder, TurnRecorder } from '../../src/recorder/index.js';
import type { InferenceAttempt, CodeCellRecorder, CompactionRecorder } from '../../src/recorder/index.js';
import type { RecorderCall } from './calls.js';
import { assistantMessage, codeCall, functionOutput, letter, userMessage } from './items.js';

/** Rows that the graph has to have, by their tables. */
export interface Expected {
  threads: number;
  codex_turns: number;
  inference_calls: number;
  compactions: number;
  code_cells: number;
  tool_calls: number;
  terminal_operations: number;
}

const functionInput = (args: string) => ({ type: 'function', arguments: args }) as const;
const agentTools = { spawn: 'spawn_agent', message: 'send_message', close: 'close_agent' } as const;
const readableWrites = new Map([
  ['{"session_id":1,"chars":"x"}', '1'],
  ['{"session_id":"2"}', '2'],
  ['{"session_id":1.5,"yield_time_ms":1}', '1.5'],
]);
/** What models write who write to a terminal or wait for a cell, more or less. */
const oddArguments = [
  ...readableWrites.keys(),
  '{"session_id":1,"yield_time_ms":-1}',
  '{"session_id":1,"max_output_tokens":2.0}',
  '{"session_id":1,"chars":null}',
  '{"session_id":null}',
  '{"session_id":1,"session_id":2}',
  '[1]',
  '{}',
  '{"cell_id":"1"}',
  '{"cell_id":7}',
  '{"seconds":5}',
  '{"cell_id":"1"',
  '',
];

const model = { model: 'm', provider: 'p' };
const circle: { self?: object } = {};
circle.self = circle;

/** Makes the calls, and counts what they should leave. */
export class Host {
  readonly expected: Expected = {
    threads: 1,
    codex_turns: 0,
    inference_calls: 0,
    compactions: 0,
    code_cells: 0,
    tool_calls: 0,
    terminal_operations: 0,
  };
  readonly #schema: SchemaVersion;
  readonly #threads: ThreadRecorder[];
  readonly #turns: TurnRecorder[] = [];
  readonly #threadOf = new Map<TurnRecorder, ThreadRecorder>();
  /** In schema 1 a terminal has one. */
  readonly #userOf = new Map<string, ThreadRecorder | undefined>();
  readonly #inferences: InferenceAttempt[] = [];
  readonly #cells: CodeCellRecorder[] = [];
  readonly #tools: ToolRecorder<unknown>[] = [];
  #count = 0;

  constructor(root: ThreadRecorder, schema: SchemaVersion) {
    this.#schema = schema;
    this.#threads = [root];
  }

  make({ type, at, isUnusable }: RecorderCall): void {
    const id = `${++this.#count}`;
    const extra = isUnusable ? { circle } : {};
    const thread = taken(this.#threads, at);
    const turn = taken(this.#turns, at);
    const count = (table: keyof Expected, isRecorded = true): void => {
      if (isRecorded) this.expected[table] += 1;
    };
    switch (type) {
      case 'child':
        if (!thread) return;
        this.#threads.push(thread.startChild({ taskName: id }));
        return count('threads');
      case 'end of child':
        return taken(this.#threads.slice(1), at)?.ended();
      case 'resumption':
        return thread?.resumed();
      case 'breadcrumb':
        return thread?.protocolEvent('warning', () => ({ id, ...extra }));
      case 'turn': {
        if (!thread) return;
        const started = thread.startTurn(id);
        this.#turns.push(started);
        this.#threadOf.set(started, thread);
        return count('codex_turns');
      }
      case 'end of turn':
        return turn?.ended(isUnusable ? 'failed' : 'completed');
      case 'receipt':
        return turn?.itemsAccepted([{ ...userMessage(id, id), ...extra }]);
      case 'inference':
        if (!turn) return;
        this.#inferences.push(
          turn.startInference({ ...model, request: () => ({ input: [userMessage(id, id)], ...extra }) }),
        );
        return count('inference_calls', !isUnusable);
      case 'answer': {
        const outputItems = () => [{ ...assistantMessage(id, id), ...extra }];
        return taken(this.#inferences, at)?.completed({ responseId: id, outputItems });
      }
      case 'failure': {
        const outputItems = () => [{ ...assistantMessage(id, id), ...extra }];
        return taken(this.#inferences, at)?.failed(extra, { outputItems });
      }
      case 'cancellation':
        return taken(this.#inferences, at)?.cancelled('interrupted');
      case 'compaction':
        if (!turn) return;
        this.#compact(turn.startCompaction({ id }), id, extra);
        return count('compactions', !isUnusable);
      case 'cell':
        if (!turn) return;
        turn
          .startInference({ ...model, request: { input: [] } })
          .completed({ outputItems: [codeCall(id, id)] });
        this.#cells.push(turn.startCodeCell({ cellId: id, callId: id, source: id }));
        count('inference_calls');
        return count('code_cells');
      case 'answer of cell':
        return taken(this.#cells, at)?.initialResponse({ status: 'yielded', response: extra });
      case 'end of cell':
        return taken(this.#cells, at)?.ended({ status: 'completed', response: () => extra });
      case 'nested tool': {
        const cell = taken(this.#cells, at);
        if (!cell) return;
        const input = () => ({ type: 'custom', input: id, ...extra }) as const;
        const tool = cell.startTool({ runtimeToolId: id, name: 'x', input });
        this.#tools.push(tool);
        // A thread that was resumed has lost its cells.
        return count('tool_calls', tool.id !== null);
      }
      case 'command': {
        if (!turn) return;
        const input = { type: 'function', arguments: '{}' } as const;
        const tool = turn.startTool({ callId: id, name: 'exec_command', input });
        const processId = at === 0 ? 1 : id;
        tool.commandStarted({ command: [id], cwd: '/', processId });
        this.#uses(turn, `${processId}`);
        this.#tools.push(tool);
        count('tool_calls');
        return count('terminal_operations');
      }
      case 'end of command':
        return taken(this.#tools, at)?.commandEnded({ exitCode: at, output: id });
      case 'write':
      case 'wait': {
        if (!turn) return;
        const args = oddArguments[this.#count % oddArguments.length] ?? '';
        const name = type === 'write' ? 'write_stdin' : 'wait';
        const input = isUnusable ? ({ type: 'custom', input: args } as const) : functionInput(args);
        this.#tools.push(turn.startTool({ callId: id, name, input }));
        const terminal = type === 'write' && !isUnusable ? readableWrites.get(args) : undefined;
        count('terminal_operations', terminal !== undefined && this.#uses(turn, terminal));
        return count('tool_calls');
      }
      case 'spawn':
      case 'message':
      case 'close': {
        const [sender, reached] = [taken(this.#turns, at), taken(this.#threads, this.#count)];
        if (!sender || !reached) return;
        const tool = sender.startTool({ callId: id, name: agentTools[type], input: functionInput('{}') });
        tool.agentReached({ threadId: reached.threadId, message: isUnusable ? undefined : 'go' });
        this.#tools.push(tool);
        return count('tool_calls');
      }
      case 'target of write': {
        const command = taken(this.#tools, this.#count);
        if (command) taken(this.#tools, at)?.stdinTarget(command);
        return;
      }
      case 'report':
        return taken(this.#tools, at)?.runtimeStarted({ id, ...extra });
      case 'end of report':
        return taken(this.#tools, at)?.runtimeEnded(() => ({ id, ...extra }));
      case 'mcp call':
        return taken(this.#tools, at)?.mcpCall(isUnusable ? 'mcp' : id);
      case 'letter': {
        const author = taken(this.#threads, this.#count);
        if (!author || !thread) return;
        return turn?.itemsAccepted([{ ...letter(id, author.agentPath, thread.agentPath, 'go'), ...extra }]);
      }
      case 'result': {
        const parent = taken(this.#threads, this.#count);
        if (!parent) return;
        return turn?.agentResult({ parentThreadId: parent.threadId, message: 'go' });
      }
      case 'plain tool':
        if (!turn) return;
        this.#tools.push(
          turn.startTool({ callId: id, name: 'x', input: () => ({ type: 'custom', input: id }) }),
        );
        return count('tool_calls');
      case 'end of tool':
        return isUnusable
          ? taken(this.#tools, at)?.failed(circle)
          : taken(this.#tools, at)?.ended({ output: functionOutput(id, id) });
    }
  }

  /** Whether a terminal may be used, which makes it that of the agent. */
  #uses(turn: TurnRecorder, terminal: string): boolean {
    const thread = this.#threadOf.get(turn);
    const user = this.#userOf.get(terminal) ?? thread;
    this.#userOf.set(terminal, user);
    return this.#schema === 2 || user === thread;
  }

  #compact(compaction: CompactionRecorder, id: string, extra: object): void {
    const input = [userMessage(id, id)];
    const attempt = compaction.startRequest({ ...model, request: () => ({ input }) });
    attempt.completed(() => [{ type: 'compaction', id: `c${id}`, encrypted_content: id, ...extra }]);
    const inputHistory = [{ ...userMessage(id, id), ...extra }];
    compaction.installed(() => ({ inputHistory, replacementHistory: input }));
  }
}

const taken = <T>(handles: readonly T[], at: number): T | undefined => handles[at % handles.length];
