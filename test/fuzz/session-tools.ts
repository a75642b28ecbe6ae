import type { Random } from '../../bench/generate/random.js';
import { choose, weighted } from './choose.js';
import { agents, type Agent, type Json, type JsonObject } from './session-log.js';
import { mails } from './session-items.js';

/** What one call is about; its runtime events say the same of it. */
export interface CallPlan {
  readonly sender: Agent;
  readonly receiver: Agent;
  readonly message: string;
  /** The process that the call runs in or writes to, once that was chosen. */
  process?: string;
}

export type Make<T extends Json = Json> = (random: Random, plan: CallPlan) => T;

/** A tool of a random session: how it is called, and what its runtime and its requester hear of it. */
export interface ToolShape {
  readonly kind: JsonObject;
  readonly invocation: Make;
  readonly begin: Make;
  readonly end: Make;
  readonly result: Make;
}

export const planCall = (random: Random, sender: Agent): CallPlan => {
  const receiver =
    choose(
      random,
      agents.filter(({ id }) => id !== sender.id),
    ) ?? sender;
  return { sender, receiver, message: choose(random, mails) ?? '' };
};

/** Processes belong to an agent; that two agents meet in one is an error. */
const processOf = (random: Random, { sender }: CallPlan): number =>
  10 * (1 + agents.indexOf(sender)) + random.integer(0, 1);

export const anything = (): Json => ({ any: 'thing' });
export const functionOf = (tool_name: string, args: JsonObject): JsonObject => ({
  tool_name,
  payload: { type: 'function', arguments: JSON.stringify(args) },
});

const execBegin: Make = (random, plan) => ({
  ...(random.chance(0.5) && { process_id: String(processOf(random, plan)) }),
  command: ['ls', '-l'],
  cwd: '/',
});
const execEnd: Make = (random, plan) => ({
  ...(random.chance(0.15) && { process_id: String(processOf(random, plan)) }),
  stdout: 'o',
  stderr: '',
  exit_code: random.integer(0, 1),
  formatted_output: 'o',
});

export const stdinResult: Make = (random) =>
  choose<Json>(random, [
    { type: 'direct_response', response_item: { output: 'text' } },
    { type: 'direct_response', response_item: { output: [{ text: 'a' }, { text: 'b' }] } },
    { type: 'code_mode_response', value: { output: 'o', exit_code: 3 } },
    { type: 'code_mode_response', value: { other: 1.5 } },
    { type: 'error', error: 'bad' },
  ]) ?? null;

/** Commands that tell their two outputs apart, and writes to them. */
export const separateCommands: { readonly exec: ToolShape; readonly writeStdin: ToolShape } = {
  exec: {
    kind: { type: 'exec_command' },
    invocation: anything,
    begin: execBegin,
    end: execEnd,
    result: execEnd,
  },
  writeStdin: {
    kind: { type: 'write_stdin' },
    invocation: (random, plan) =>
      functionOf('write_stdin', { session_id: processOf(random, plan), chars: 'k' }),
    begin: execBegin,
    end: execEnd,
    result: stdinResult,
  },
};

export const plain = (kind: JsonObject): ToolShape => ({
  kind,
  invocation: anything,
  begin: anything,
  end: anything,
  result: anything,
});

const wait: ToolShape = {
  ...plain({ type: 'other', name: 'wait' }),
  invocation: (random) => functionOf('wait', { cell_id: choose(random, ['h0', 'h1', 'h2']) ?? '' }),
};

const collab = ({ sender, receiver, message }: CallPlan): JsonObject => ({
  call_id: 'call',
  sender_thread_id: sender.id,
  receiver_thread_id: receiver.id,
  prompt: message,
});

const messageEnd: Make = (_random, plan) => ({ ...collab(plan), status: 'running' });
const spawnEnd: Make = (random, { sender, receiver, message }) => ({
  call_id: 'call',
  sender_thread_id: sender.id,
  new_thread_id: random.chance(0.9) ? receiver.id : null,
  prompt: message,
  model: 'm',
  reasoning_effort: 'low',
  status: 'running',
});

const agentTool = (type: string, activityKind: string, collabEnd: Make): ToolShape => ({
  kind: { type },
  invocation: (_random, { message }) => functionOf(type, { message }),
  begin: (_random, plan) => collab(plan),
  end(random, plan) {
    if (random.chance(0.5)) return collabEnd(random, plan);
    const kind = random.chance(0.9) ? activityKind : 'completed';
    return { event_id: 'e', agent_thread_id: plan.receiver.id, agent_path: plan.receiver.path, kind };
  },
  result: anything,
});

/** The tools beside commands and writes, each as often as it is to be taken. */
export const commonShapes = weighted<ToolShape>(
  [2, wait],
  [1, plain({ type: 'web' })],
  [1, plain({ type: 'mcp', server: 's', tool: 't' })],
  [3, agentTool('spawn_agent', 'started', spawnEnd)],
  [3, agentTool('send_message', 'interacted', messageEnd)],
  [2, agentTool('assign_agent_task', 'interacted', messageEnd)],
  [2, agentTool('close_agent', 'interrupted', messageEnd)],
);
