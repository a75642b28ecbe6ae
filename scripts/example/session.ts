import { Agent, functionInvocation } from './agent.js';
import {
  compacted,
  customCall,
  customOutput,
  finalAnswer,
  functionCall,
  functionOutput,
  letter,
  message,
  reasoning,
} from './items.js';
import { Recorder } from './recorder.js';

const ROOT = '019d3c50-0000-7000-8000-000000000001';
const CHILD = '019d3c50-0000-7000-8000-000000000002';
const CHILD_PATH = '/root/check_dates';
const INSTRUCTIONS = message('developer', 'You help with a small website that shows the tides of a harbour.');

/** The example: an hour is lost in a tide table, and two agents find it. Everything in it is made up. */
export const exampleSession = (): ReadonlyMap<string, string> => {
  const recorder = new Recorder({ trace: '019d3c50-0000-7000-8000-00000000000a', root: ROOT });
  const counters = { inference: 0 };
  const root = new Agent(recorder, counters, { thread: ROOT, path: '/root', history: [INSTRUCTIONS] });
  const history = [message('developer', 'You check one thing for another agent, and report.')];
  const child = new Agent(recorder, counters, { thread: CHILD, path: CHILD_PATH, history });

  const nobody = { task_name: null, nickname: null, agent_role: null };
  root.start({ ...nobody, session_source: 'cli' });
  recorder.protocol('session_configured', { session_id: ROOT, model: 'gpt-5.5' });
  root.startTurn('turn-1');
  const wish = message('user', 'Since Sunday the tide table is one hour late. Find out why and fix it.');
  root.history.push(wish);
  runTests(root);
  searchSource(root);
  askChild(recorder, root, child);
  patchSource(root);
  root.infer([finalAnswer('Fixed: `toLocal` added the summer hour twice. The tests pass again.')]);
  root.endTurn();

  recorder.wait(60_000);
  root.startTurn('turn-2');
  root.compact('compaction:1', [INSTRUCTIONS, wish], compacted('c3VtbWFyeQ=='));
  root.history.push(message('user', 'Start the preview and look whether the page shows the right hour.'));
  root.inferInVain('stream disconnected before completion');
  watchPreview(root);
  recorder.protocol('shutdown_complete', {});
  child.end();
  root.end();
  recorder.event(null, 'rollout_ended', { status: 'completed' });
  return recorder.files();
};

/** The first failure: a test that shows the defect. */
const runTests = (agent: Agent): void => {
  const command = { id: 'call_1', cmd: 'npm test -- tides', process: 4101 };
  agent.infer([
    reasoning('The tests should show the defect.', 'cmVhc29uaW5nLTE='),
    functionCall(command.id, 'exec_command', { cmd: command.cmd }),
  ]);
  const stdout = 'not ok 3 - high water on 29 March\n  expected 06:12, got 07:12\n';
  agent.run(command, { stdout, exitCode: 1 });
};

/** A code cell whose start is recorded before the response that holds its source, and that yields. */
const searchSource = (agent: Agent): void => {
  const source = [
    "const found = await tools.exec_command({ cmd: 'grep -n getTimezoneOffset src/*.ts' });",
    'text(found.output);',
    'yield_control();',
    "text((await tools.exec_command({ cmd: 'sed -n 1,20p src/tides.ts' })).output);",
    '',
  ].join('\n');
  const grep = { id: 'cell_call_1', cmd: 'grep -n getTimezoneOffset src/*.ts', process: 4102 };
  agent.infer([customCall('call_2', 'exec', source)], () => {
    const cell = { runtime_cell_id: '1', model_visible_call_id: 'call_2', source_js: source };
    agent.event('code_cell_started', cell);
    agent.runInCell('1', grep, { stdout: 'src/tides.ts:9: date.getTimezoneOffset()\n', exitCode: 0 });
  });
  const yielded = { runtime_cell_id: '1', status: 'yielded', response_payload: null };
  agent.event('code_cell_initial_response', yielded);
  agent.history.push(
    customOutput('call_2', 'Script running with cell ID 1\nsrc/tides.ts:9: date.getTimezoneOffset()\n'),
  );

  const args = { cell_id: '1', yield_time_ms: 5000 };
  agent.infer([functionCall('call_3', 'wait', args)]);
  const kind = { type: 'other', name: 'wait' };
  agent.startTool({ id: 'call_3', name: 'wait', kind, invocation: functionInvocation(args), cell: null });
  const lines = 'const local = shift(utc, offset(date));\nreturn summer(date) ? shift(local, 60) : local;\n';
  const sed = { id: 'cell_call_2', cmd: 'sed -n 1,20p src/tides.ts', process: 4103 };
  agent.runInCell('1', sed, { stdout: lines, exitCode: 0 });
  agent.event('code_cell_ended', { runtime_cell_id: '1', status: 'completed', response_payload: null });
  agent.answerTool('call_3', functionOutput('call_3', `Script completed\n${lines}`));
};

/** A child gets a letter, works, and its answer comes back as a letter. */
const askChild = (recorder: Recorder, root: Agent, child: Agent): void => {
  const task = 'Does the offset of Europe/Paris already hold the summer hour on 29 March?';
  const args = { task_name: 'check_dates', message: task };
  root.infer([
    reasoning('Two places add the summer hour. One of them must be wrong.', 'cmVhc29uaW5nLTI='),
    functionCall('call_4', 'spawn_agent', args),
  ]);
  const invocation = functionInvocation(args);
  root.startTool({ id: 'call_4', name: 'spawn_agent', invocation, cell: null });
  const identity = { agent_path: CHILD_PATH, agent_nickname: 'Ada', agent_role: 'explorer' };
  const spawn = { parent_thread_id: ROOT, depth: 1, ...identity };
  child.start({
    task_name: 'check_dates',
    nickname: identity.agent_nickname,
    agent_role: identity.agent_role,
    session_source: { subagent: { thread_spawn: spawn } },
  });
  child.startTurn('turn-child-1');
  const activity = { event_id: 'call_4', agent_thread_id: CHILD, agent_path: CHILD_PATH, kind: 'started' };
  root.event('tool_call_runtime_ended', {
    tool_call_id: 'call_4',
    status: 'completed',
    runtime_payload: recorder.payload('tool_runtime_event', { ...activity, occurred_at_ms: recorder.now }),
  });
  root.answerTool('call_4', functionOutput('call_4', JSON.stringify({ task_name: CHILD_PATH })));

  child.history.push(letter('/root', CHILD_PATH, task));
  const command = { id: 'call_5', cmd: 'TZ=Europe/Paris date -d 2026-03-29T12:00 +%z', process: 4104 };
  child.infer([functionCall(command.id, 'exec_command', { cmd: command.cmd })]);
  child.run(command, { stdout: '+0200\n', exitCode: 0 });
  const answer = 'Yes: the offset is +02:00, so it holds the summer hour.';
  child.infer([finalAnswer(answer)]);
  child.endTurn();
  child.event('agent_result_observed', {
    edge_id: `edge:agent_result:${CHILD}:turn-child-1:${ROOT}`,
    child_thread_id: CHILD,
    child_codex_turn_id: 'turn-child-1',
    parent_thread_id: ROOT,
    message: answer,
    carried_payload: recorder.payload('agent_result', {
      child_agent_path: CHILD_PATH,
      message: answer,
      status: { completed: answer },
    }),
  });
  root.history.push(letter(CHILD_PATH, '/root', answer));
};

const patchSource = (agent: Agent): void => {
  const patch = [
    '*** Begin Patch',
    '*** Update File: src/tides.ts',
    '-return summer(date) ? shift(local, 60) : local;',
    '+return local;',
    '*** End Patch',
  ].join('\n');
  agent.infer([customCall('call_6', 'apply_patch', patch)]);
  const invocation = { type: 'custom', input: patch };
  agent.startTool({ id: 'call_6', name: 'apply_patch', invocation, cell: null });
  agent.answerTool('call_6', customOutput('call_6', 'Success. Updated src/tides.ts'));
};

/** A terminal that stays open: the model types into it, and it is killed when the session ends. */
const watchPreview = (agent: Agent): void => {
  const preview = { id: 'call_7', cmd: 'npm run preview', process: 4105 };
  agent.infer([functionCall(preview.id, 'exec_command', { cmd: preview.cmd })]);
  const invocation = functionInvocation({ cmd: preview.cmd });
  agent.startTool({ id: preview.id, name: 'exec_command', invocation, cell: null });
  agent.startProcess(preview);
  const ready = 'Preview on port 8080. Press r and enter to reload.\n';
  const running = `Process running with session ID ${preview.process}\nOutput:\n${ready}`;
  agent.answerTool(preview.id, functionOutput(preview.id, running));

  const typed = { session_id: preview.process, chars: 'r\n', yield_time_ms: 500 };
  agent.infer([functionCall('call_8', 'write_stdin', typed)]);
  const writing = functionInvocation(typed);
  agent.startTool({ id: 'call_8', name: 'write_stdin', invocation: writing, cell: null });
  agent.answerTool('call_8', functionOutput('call_8', 'Output:\nreloaded: high water 06:12\n'));

  agent.infer([finalAnswer('The preview shows high water at 06:12, as the harbour office does.')]);
  agent.endTurn();
  agent.endProcess(preview, { stdout: `${ready}reloaded: high water 06:12\n`, exitCode: -1 });
};
