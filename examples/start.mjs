// What `npm start` runs: lets an agent work that records itself, reduces the recording and says what is in it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { replayBundle, writeState } from 'rollout-trace/node';
import { recordRollout } from 'rollout-trace/recorder';
import { Agent, task } from './agent/agent.ts';
import { rootScript, ScriptedModel } from './agent/model.ts';

/** A folder beside this file without recordings from before, or a temporary one where nothing can be written here. */
const emptyFolder = () => {
  const folder = fileURLToPath(new URL('traces', import.meta.url));
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    return folder;
  } catch {
    return mkdtempSync(path.join(tmpdir(), 'traces-'));
  }
};

const traceRoot = emptyFolder();
const session = recordRollout({ traceRoot, model: 'scripted', source: 'example' });
await new Agent(session, new ScriptedModel(rootScript())).work(task());
session.ended();

const { bundle } = session;
const state = path.join(bundle, 'state.json');

const { trace, diagnostics } = await replayBundle(bundle);
await writeState(trace, state);

const threads = [...trace.threads.values()];
const calls = [...trace.inference_calls.values()];
const tools = [...trace.tool_calls.values()];
const cells = [...trace.code_cells.values()];
const operations = [...trace.terminal_operations.values()];
const edges = [...trace.interaction_edges.values()].sort(
  (a, b) => Number(a.started_at_unix_ms) - Number(b.started_at_unix_ms),
);

const here = (file) => path.relative(process.cwd(), file) || '.';
const seconds = (Number(trace.ended_at_unix_ms) - Number(trace.started_at_unix_ms)) / 1000;

/** `2 exec_command, 1 wait`: how often each name comes, the most frequent first. */
const tally = (names) => {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
};

const pathOf = (thread) => trace.threads.get(thread)?.agent_path ?? '?';

/** The agent at one end of an edge. */
const agentAt = (anchor) => {
  switch (anchor.type) {
    case 'thread':
      return pathOf(anchor.thread_id);
    case 'tool_call':
      return pathOf(trace.tool_calls.get(anchor.tool_call_id)?.thread_id);
    default:
      return pathOf(trace.conversation_items.get(anchor.item_id)?.thread_id);
  }
};

const notable = [
  ...calls
    .filter(({ execution }) => execution.status === 'failed')
    .map(({ thread_id: thread }) => `a request of ${pathOf(thread)} got no answer from the model`),
  ...operations
    .filter(({ result }) => result !== null && result.exit_code !== null && result.exit_code !== 0)
    .map(({ request, result }) => `${commandOf(request)} ended with exit code ${result.exit_code}`),
  ...cells.map(
    ({ thread_id: thread, nested_tool_call_ids: nested }) =>
      `code of ${pathOf(thread)} ran ${nested.length} tools that the model never saw`,
  ),
  ...diagnostics.map(({ message }) => message),
];

function commandOf(request) {
  return request.type === 'exec_command' ? `\`${request.command.at(-1)}\`` : 'a write to a terminal';
}

const lines = [
  `${here(bundle)} is the recording of an agent that worked for ${seconds.toFixed(1)} seconds. In it are:`,
  '',
  `  ${threads.length} threads: ${threads.map(({ agent_path: agent }) => agent).join(', ')}`,
  `  ${trace.codex_turns.size} turns with ${calls.length} calls to ${tally(calls.map(({ model }) => model)).replace(/\d+ /g, '')}`,
  `  ${trace.conversation_items.size} conversation items: what the models saw`,
  `  ${tools.length} tool calls: ${tally(tools.map(({ kind }) => kind.name ?? kind.type))}`,
  `  ${edges.length} edges between agents:`,
  ...edges.map(({ kind, source, target }) => `    ${agentAt(source)} → ${agentAt(target)} (${kind})`),
  '',
  'Notable:',
  '',
  ...notable.map((line) => `  - ${line}`),
  '',
  `The whole graph is in ${here(state)}. What to try next:`,
  '',
  `  npx rollout-trace view ${here(bundle)}`,
  '      shows it in a browser; `show`, `explain` and `transcript` print what is in it',
  `  npx rollout-trace check ${here(bundle)}`,
  '      says what is wrong with a recording',
  '  CODEX_ROLLOUT_TRACE_ROOT=<folder> codex',
  '      lets Codex record a session of yours; reduce it by: npx rollout-trace reduce <folder>/<bundle>',
  '  npx tsx examples/record-an-agent.ts',
  '      records an agent of your own',
  '  npx tsx examples/reduce-a-bundle.ts',
  '      reads the graph in a program',
];
console.log(lines.join('\n'));
