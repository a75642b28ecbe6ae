import type { CodeCellRecorder, ThreadRecorder, TurnRecorder } from 'rollout-trace/recorder';
import { letter, message, outputOf, type Call, type CodeCall, type Item } from './items.js';
import { childScript, ScriptedModel } from './model.js';
import { runCommand } from './shell.js';

/** An agent with three tools: it runs commands, runs code that runs commands, and asks another agent. */
export class Agent {
  readonly #thread: ThreadRecorder;
  readonly #model: ScriptedModel;
  readonly #history: Item[] = [];
  #cells = 0;

  constructor(thread: ThreadRecorder, model: ScriptedModel) {
    this.#thread = thread;
    this.#model = model;
  }

  /** Works on a task until the model calls no more tools, and promises its last words. */
  async work(task: Item, parent?: ThreadRecorder): Promise<string> {
    const turn = this.#thread.startTurn();
    this.#remember(turn, task);
    for (;;) {
      const items = await this.#ask(turn);
      this.#remember(turn, ...items);
      const calls = items.filter((item) => item.type === 'function_call' || item.type === 'custom_tool_call');
      for (const output of await Promise.all(calls.map((call) => this.#call(turn, call)))) {
        this.#remember(turn, ...output);
      }
      if (calls.length > 0) continue;
      const words = items.flatMap((item) => (item.type === 'message' ? item.content : []));
      const answer = words.map(({ text }) => text).join('\n');
      turn.ended();
      if (parent) turn.agentResult({ parentThreadId: parent.threadId, message: answer });
      return answer;
    }
  }

  /** One request; a second one where the first fails. */
  async #ask(turn: TurnRecorder): Promise<readonly Item[]> {
    const { name: model, provider } = this.#model;
    const attempt = turn.startInference({ model, provider, request: { input: this.#history } });
    try {
      const outputItems = await this.#model.answer();
      attempt.completed({ outputItems });
      return outputItems;
    } catch (error) {
      attempt.failed(error);
      return this.#ask(turn);
    }
  }

  /** What the history has behind a call. */
  #call(turn: TurnRecorder, call: Call): Promise<readonly Item[]> {
    if (call.type === 'custom_tool_call') return this.#runCode(turn, call);
    const { cmd = '', task_name = '', message: task = '' } = JSON.parse(call.arguments);
    return call.name === 'spawn_agent'
      ? this.#spawn(turn, call, task_name, task)
      : this.#runCommand(turn, call, cmd);
  }

  async #runCommand(turn: TurnRecorder, call: Call, cmd: string): Promise<readonly Item[]> {
    const tool = turn.startTool({ callId: call.call_id, name: call.name, input: inputOf(call) });
    const output = outputOf(call, await runCommand(tool, cmd));
    tool.ended({ output });
    return [output];
  }

  async #runCode(turn: TurnRecorder, call: CodeCall): Promise<readonly Item[]> {
    const { call_id: callId, input: source } = call;
    this.#cells += 1;
    const cell = turn.startCodeCell({ cellId: String(this.#cells), callId, source });
    let text = '';
    await runJavaScript(source, toolsOf(cell), (words) => (text += words));
    cell.initialResponse({ status: 'completed', response: { text } });
    cell.ended({ status: 'completed', response: { text } });
    return [outputOf(call, text)];
  }

  async #spawn(turn: TurnRecorder, call: Call, taskName: string, task: string): Promise<readonly Item[]> {
    const tool = turn.startTool({ callId: call.call_id, name: call.name, input: inputOf(call) });
    const child = this.#thread.startChild({ taskName, nickname: 'Ada' });
    tool.agentReached({ threadId: child.threadId, message: task });
    const output = outputOf(call, `${child.agentPath} works on it`);
    tool.ended({ output });
    const agent = new Agent(child, new ScriptedModel(childScript()));
    const answer = await agent.work(letter(this.#thread.agentPath, child.agentPath, task), this.#thread);
    child.ended();
    return [output, letter(child.agentPath, this.#thread.agentPath, answer)];
  }

  #remember(turn: TurnRecorder, ...items: readonly Item[]): void {
    this.#history.push(...items);
    turn.itemsAccepted(items);
  }
}

const inputOf = (call: Call) =>
  call.type === 'function_call'
    ? ({ type: 'function', arguments: call.arguments } as const)
    : ({ type: 'custom', input: call.input } as const);

/** The tools that code can call. Each call is recorded as one of the cell. */
const toolsOf = (cell: CodeCellRecorder) => {
  let calls = 0;
  return {
    exec_command: async ({ cmd }: { readonly cmd: string }): Promise<string> => {
      calls += 1;
      const input = { type: 'function', arguments: JSON.stringify({ cmd }) } as const;
      const tool = cell.startTool({ runtimeToolId: `tool-${calls}`, name: 'exec_command', input });
      const output = await runCommand(tool, cmd);
      tool.ended({ output });
      return output;
    },
  };
};

/** The code comes from the script of this example; that of a real model belongs into a sandbox. */
const runJavaScript = async (
  source: string,
  tools: ReturnType<typeof toolsOf>,
  text: (words: string) => void,
): Promise<void> => {
  const run: unknown = new Function('tools', 'text', `return (async () => {\n${source}\n})();`);
  if (typeof run === 'function') await run(tools, text);
};

/** The task of the example. */
export const task = () => message('user', 'Is the Node.js that runs here new enough for this project?');
