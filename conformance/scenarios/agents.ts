import type { Settings } from '../codex/home.js';
import type { TomlTable } from '../codex/toml.js';
import type { CodexVersion } from '../codex/versions.js';
import { call, javascript, message, reasoning, shell } from '../model/items.js';
import type { ToolName } from '../model/request.js';
import { answer, failure, say, type Script } from '../model/script.js';
import { isRecent, untilRemoved, type Scenario } from '../scenario.js';

const agentsOf =
  (more: TomlTable = {}) =>
  (version: CodexVersion): Settings => {
    const limits = { enabled: true, min_wait_timeout_ms: 100, default_wait_timeout_ms: 5000, ...more };
    return {
      features: isRecent(version) ? { multi_agent_v2: limits } : { multi_agent: true, multi_agent_v2: true },
      others: { agents: { max_depth: 3 } },
    };
  };

const spawn = (name: string, task: string, history = 'none') =>
  call('spawn_agent', { task_name: name, message: task, fork_turns: history });
const waitForAgents = call('wait_agent', { timeout_ms: 5000 });

/** A child that runs a command, and then answers each task. */
const worker: Script = function* () {
  yield say(reasoning('Get to work.'), shell('echo at work'));
  for (let answered = 1; ; answered++) yield answer([message(`Result ${answered}.`)], { endAfter: 150 });
};

/** The older tools, which some versions offer only to those who search for them. */
const older = (name: string): ToolName => ({ name, namespace: 'multi_agent_v1' });
const agentIn = (output: string): string => /agent_id\W+([\w-]+)/.exec(output)?.[1] ?? 'none';

export const agents: readonly Scenario[] = [
  {
    name: 'agents',
    leaves: ['agent_result_observed'],
    settings: agentsOf(),
    models: {
      *root() {
        yield say(reasoning('Not alone.'), spawn('scout', 'Find out.'));
        yield say(waitForAgents);
        yield say(call('send_message', { target: '/root/scout', message: 'Take your time.' }));
        yield say(call('followup_task', { target: '/root/scout', message: 'And now the rest.' }));
        yield say(waitForAgents);
        const listed = yield say(call('list_agents', {}));
        const close = listed.placeOf('close_agent') ? 'close_agent' : 'interrupt_agent';
        yield say(call(close, { target: '/root/scout' }));
        yield say(message('The scout found out.'));
      },
      child: worker,
    },
  },
  {
    name: 'agents-fork',
    leaves: ['agent_result_observed'],
    settings: agentsOf(),
    models: {
      *root() {
        yield say(shell('echo what the child will know'));
        const spawned = yield say(spawn('heir', 'Go on for me.', 'all'), spawn('other', 'Find out.'));
        const close = spawned.placeOf('close_agent') ? 'close_agent' : 'interrupt_agent';
        yield say(waitForAgents);
        yield say(call('send_message', { target: '/root/nobody', message: 'Hello?' }));
        yield say(call(close, { target: '/root/other' }));
        yield say(message('The heir goes on.'));
      },
      child: worker,
    },
  },
  {
    name: 'agents-fail',
    leaves: ['agent_result_observed', 'inference_failed'],
    settings: agentsOf(),
    models: {
      *root() {
        yield say(spawn('loser', 'Lose.'));
        yield say(waitForAgents);
        yield say(spawn('sleeper', 'Sleep.'));
        const slept = yield say(shell('while [ ! -e asleep ]; do sleep 0.05; done'));
        const close = slept.placeOf('close_agent') ? 'close_agent' : 'interrupt_agent';
        yield say(call(close, { target: '/root/sleeper' }));
        yield say(message('One lost, one was woken.'));
      },
      *child(request) {
        if (request.mentions('Sleep.')) yield say(shell(untilRemoved('asleep'), { yield_time_ms: 20_000 }));
        else while (true) yield failure(400, 'invalid_prompt');
      },
    },
  },
  {
    name: 'agents-nested',
    // Later an agent that was spawned cannot spawn.
    versions: ['0.128.0'],
    leaves: ['agent_result_observed'],
    settings: agentsOf({ max_concurrent_threads_per_session: 6 }),
    models: {
      *root() {
        yield say(spawn('middle', 'Hand it on.'), spawn('sibling', 'Find out.'));
        yield say(waitForAgents);
        yield say(waitForAgents);
        yield say(message('Everybody is done.'));
      },
      *child(request) {
        if (!request.mentions('Hand it on.') || request.mentions('Last in line.')) {
          yield* worker(request);
          return;
        }
        yield say(spawn('leaf', 'Last in line.'));
        yield say(waitForAgents);
        yield say(message('Handed on.'));
      },
    },
  },
  {
    name: 'agents-in-code',
    leaves: ['agent_result_observed', 'code_cell_ended'],
    versions: ['0.160.0', '0.169.0'],
    settings: (version) => ({ ...agentsOf()(version), others: { model: 'gpt-6-sol' } }),
    models: {
      *root(request) {
        const task = { task_name: 'coder', message: 'Find out.', fork_turns: 'none' };
        const nested = (name: string, args: object): string =>
          `const { name } = ALL_TOOLS.find((tool) => tool.name.endsWith('${name}'));
text(await tools[name](${JSON.stringify(args)}));`;
        const use = (name: string, args: Readonly<Record<string, unknown>>) =>
          request.placeOf(name) ? call(name, args) : javascript(nested(name, args));
        yield say(use('spawn_agent', task));
        yield say(use('wait_agent', { timeout_ms: 5000 }));
        yield say(message('The coder coded.'));
      },
      *child() {
        yield say(javascript(`text((await tools.exec_command({ cmd: 'echo child' })).output);`));
        yield say(message('Coded.'));
      },
    },
  },
  {
    name: 'agents-reloaded',
    leaves: ['agent_result_observed'],
    versions: ['0.160.0', '0.169.0'],
    settings: agentsOf({ max_concurrent_threads_per_session: 2 }),
    models: {
      *root() {
        for (const name of ['one', 'two', 'three']) {
          yield say(spawn(name, `Be ${name}.`));
          yield say(waitForAgents);
        }
        yield say(call('followup_task', { target: '/root/one', message: 'Be one again.' }));
        yield say(waitForAgents);
        yield say(message('One was there twice.'));
      },
      *child() {
        while (true) yield say(message('I am.'));
      },
    },
  },
  {
    name: 'older-agents',
    leaves: ['tool_call_runtime_ended'],
    settings: () => ({ features: { multi_agent: true } }),
    models: {
      *root() {
        const spawned = yield say(call(older('spawn_agent'), { message: 'Find out.' }));
        const target = agentIn(spawned.output);
        const wait = call(older('wait_agent'), { targets: [target], timeout_ms: 8000 });
        yield say(wait);
        yield say(call(older('send_input'), { target, message: 'And now the rest.' }));
        yield say(wait);
        yield say(call(older('close_agent'), { target }));
        yield say(call(older('resume_agent'), { id: target }));
        yield say(call(older('send_input'), { target, message: 'Once more.' }));
        yield say(wait);
        yield say(message('Found out.'));
      },
      child: worker,
    },
  },
];
