import fc from 'fast-check';
import type { ToolRecorder, ThreadRecorder, TurnRecorder } from '../../src/recorder/index.js';
import type { InferenceAttempt, CodeCellRecorder, CompactionRecorder } from '../../src/recorder/index.js';
import { assistantMessage, codeCall, functionOutput, userMessage } from './items.js';

/** One call of a recorder; `at` says on which of the handles that are there, taken round. */
export interface RecorderCall {
  readonly type: (typeof callTypes)[number];
  readonly at: number;
  /** The call gives a payload that is no JSON, where it gives one. */
  readonly isUnusable: boolean;
}

const callTypes = [
  'child',
  'end of child',
  'resumption',
  'turn',
  'end of turn',
  'receipt',
  'inference',
  'answer',
  'failure',
  'cancellation',
  'compaction',
  'cell',
  'nested tool',
  'answer of cell',
  'end of cell',
  'command',
  'end of command',
  'plain tool',
  'end of tool',
  'breadcrumb',
] as const;

/** Calls in any order, as a host with many agents makes them, and with the mistakes that hosts make. */
export const recorderCalls = fc.array(
  fc.record({
    type: fc.constantFrom(...callTypes),
    at: fc.nat({ max: 7 }),
    isUnusable: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
  }),
  { maxLength: 60, size: 'max' },
);

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
  readonly #threads: ThreadRecorder[];
  readonly #turns: TurnRecorder[] = [];
  readonly #inferences: InferenceAttempt[] = [];
  readonly #cells: CodeCellRecorder[] = [];
  readonly #tools: ToolRecorder<unknown>[] = [];
  #count = 0;

  constructor(root: ThreadRecorder) {
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
      case 'turn':
        if (!thread) return;
        this.#turns.push(thread.startTurn(id));
        return count('codex_turns');
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
        tool.commandStarted({ command: [id], cwd: '/', processId: id });
        this.#tools.push(tool);
        count('tool_calls');
        return count('terminal_operations');
      }
      case 'end of command':
        return taken(this.#tools, at)?.commandEnded({ exitCode: at, output: id });
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

  #compact(compaction: CompactionRecorder, id: string, extra: object): void {
    const input = [userMessage(id, id)];
    const attempt = compaction.startRequest({ ...model, request: () => ({ input }) });
    attempt.completed(() => [{ type: 'compaction', id: `c${id}`, encrypted_content: id, ...extra }]);
    const inputHistory = [{ ...userMessage(id, id), ...extra }];
    compaction.installed(() => ({ inputHistory, replacementHistory: input }));
  }
}

const taken = <T>(handles: readonly T[], at: number): T | undefined => handles[at % handles.length];
