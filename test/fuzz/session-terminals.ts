import type { Random } from '../../bench/generate/random.js';
import { choose, weighted } from './choose.js';
import type { RunningTool, SessionState, ToolDialect } from './session-dialect.js';
import { pick } from './session-items.js';
import type { Json, JsonObject } from './session-log.js';
import {
  anything,
  commonShapes,
  functionOf,
  plain,
  stdinResult,
  type CallPlan,
  type Make,
  type ToolShape,
} from './session-tools.js';

/** Process ids, the same for all agents: each thread has its own. */
const processes = ['1', '2'] as const;

const processOf = (random: Random, plan: CallPlan): string => (plan.process ??= pick(random, processes));

const begin: Make = (random, plan) => {
  const process_id = processOf(random, plan);
  return {
    ...(random.chance(0.75) && { process_id }),
    command: ['ls', '-l'],
    cwd: '/',
    ...(random.chance(0.2) && { interaction_input: 'in' }),
  };
};

const end: Make = (random, plan) => ({
  ...(random.chance(0.3) && { process_id: random.chance(0.98) ? processOf(random, plan) : '9' }),
  exit_code: random.integer(0, 1),
  ...(random.chance(0.8) && { aggregated_output: 'o' }),
  ...(random.chance(0.2) && { stdout: 'unread', formatted_output: 'unread' }),
});

const exec: ToolShape = { kind: { type: 'exec_command' }, invocation: anything, begin, end, result: end };

/** Arguments of a write that say nothing of a process: the call is a tool like any other. */
const unusable: readonly [JsonObject, ...JsonObject[]] = [
  {},
  { session_id: null },
  { session_id: '' },
  { session_id: true },
  { session_id: {} },
  { session_id: 1, chars: null },
  { session_id: 1, yield_time_ms: -1 },
  { session_id: 1, max_output_tokens: 'x' },
];

const invocation: Make = (random, plan) => {
  if (random.chance(0.1)) return functionOf('write_stdin', pick(random, unusable));
  const session = processOf(random, plan);
  const session_id = random.chance(0.8) ? Number(session) : session;
  const call = functionOf('write_stdin', { session_id, chars: 'k' });
  return { ...call, ...(random.chance(0.1) && { tool_namespace: pick<Json>(random, ['elsewhere', null]) }) };
};

const writeStdin: ToolShape = {
  kind: { type: 'write_stdin' },
  invocation,
  begin,
  end,
  result: (random, plan) => (random.chance(0.6) ? stdinResult(random, plan) : end(random, plan)),
};

/** A tool of an MCP server that says what agents did, in a form that would be wrong elsewhere. */
const mcp: ToolShape = {
  ...plain({ type: 'mcp', server: 's', tool: 't' }),
  end: (random, { receiver }) => ({
    agent_thread_id: receiver.id,
    agent_path: receiver.path,
    event_id: 'e',
    kind: pick(random, ['started', 'interacted', 'no kind']),
  }),
};

const patch = plain({ type: 'apply_patch' });

const shapes = [...weighted([10, exec], [10, writeStdin], [1, mcp], [1, patch]), ...commonShapes];

const agentKinds: ReadonlySet<unknown> = new Set([
  'spawn_agent',
  'send_message',
  'assign_agent_task',
  'close_agent',
]);
const isTerminal = ({ kind }: ToolShape): boolean =>
  kind['type'] === 'exec_command' || kind['type'] === 'write_stdin';

/** What the runtime makes of a call; an agent tool stays one, since it needs the words of its call. */
const started = (random: Random, { begun, shape }: RunningTool): ToolShape | undefined => {
  if (begun) {
    // Of another kind only: a second operation would be an error. What the tool does stays the same.
    return random.chance(0.1)
      ? { ...shape, kind: pick(random, [patch.kind, mcp.kind]), begin: anything }
      : undefined;
  }
  if (shape === writeStdin) {
    if (random.chance(0.9)) return undefined;
    return random.chance(0.2) ? shape : { ...shape, kind: patch.kind, begin: anything };
  }
  if (random.chance(0.75)) return shape;
  const isAgent = agentKinds.has(shape.kind['type']);
  return choose(
    random,
    shapes.filter(({ kind }) => agentKinds.has(kind['type']) === isAgent),
  );
};

/** The tools of schema 2, whose runtime says of what kind they are. */
export const aggregatedTools: ToolDialect = {
  shapes,
  started,
  runtimeStart: ({ kind }) => ({ kind }),
};

/** Says which call a write reaches: mostly a command, but it may be any, also itself. */
export const resolveTarget = ({ random, log, tools }: SessionState): void => {
  const terminals = tools.filter(({ shape }) => isTerminal(shape));
  const anyTool = () => choose(random, random.chance(0.9) ? terminals : tools);
  const [write, target] = [anyTool(), anyTool()];
  if (!write || !target) return;
  const exec_tool_call_id = random.chance(0.99) ? target.id : 'nobody';
  log.event(null, null, { type: 'stdin_target_resolved', tool_call_id: write.id, exec_tool_call_id });
  // From now on the write runs in the process of its target.
  if (write.plan.process !== undefined && target.plan.process !== undefined) {
    write.plan.process = target.plan.process;
  }
};
