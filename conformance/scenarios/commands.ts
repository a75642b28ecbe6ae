import { callWithText, call, message, reasoning, shell, verbatim } from '../model/items.js';
import { answer, say } from '../model/script.js';
import type { Scenario } from '../scenario.js';
import { PIXEL } from './pixel.js';

const patch = (...lines: readonly string[]) =>
  callWithText('apply_patch', ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n'));

/** Number of the terminal that a command left open. */
const terminalIn = (output: string): number => Number(/session ID (\d+)/.exec(output)?.[1]);

export const commands: readonly Scenario[] = [
  {
    name: 'text',
    leaves: ['inference_completed'],
    models: {
      *root() {
        yield say(reasoning('A greeting.'), message('Good morning – guten Morgen – おはよう.'));
      },
    },
  },
  {
    name: 'commands',
    leaves: ['tool_call_runtime_ended'],
    models: {
      *root() {
        yield say(reasoning('Look first.'), shell('cat colours.txt'));
        yield say(shell('echo no >&2; exit 7'));
        yield say(message('That failed.'), shell('a-command-that-is-nowhere'));
        yield say(shell('seq 1 400', { max_output_tokens: 100 }), call('a_tool_that_is_nowhere', { a: 1 }));
        yield say(call('exec_command', { command: 'an argument of another name' }));
        yield say(reasoning(''), message('Done.'));
      },
    },
  },
  {
    name: 'parallel',
    leaves: ['tool_call_runtime_ended'],
    models: {
      *root() {
        const three = ['sleep 0.3; echo last', 'echo first', 'sleep 0.1; exit 3'];
        yield say(...three.map((command) => shell(command)));
        // The calls are run, and may end, while their response goes on.
        yield answer([shell('echo early'), shell('sleep 0.1; echo late')], { endAfter: 700 });
        yield say(message('All five are done.'));
      },
    },
  },
  {
    name: 'patches',
    leaves: ['tool_call_runtime_ended'],
    models: {
      *root() {
        yield say(patch('*** Add File: shapes.txt', '+circle', '+square'));
        yield say(patch('*** Update File: colours.txt', '@@', ' red', '-green', '+blue'));
        yield say(patch('*** Update File: colours.txt', '@@', '-purple', '+pink'));
        yield say(patch('*** Delete File: shapes.txt'), shell('ls'));
        yield say(message('Patched, but for purple.'));
      },
    },
  },
  {
    name: 'patch-in-shell',
    leaves: ['tool_call_runtime_ended'],
    refused: { '0.128.0': 'always', '0.160.0': 'always' },
    models: {
      *root() {
        const lines = ['*** Begin Patch', '*** Add File: a.txt', '+a', '*** End Patch'];
        yield say(shell(`apply_patch <<'END'\n${lines.join('\n')}\nEND`));
        yield say(message('Patched.'));
      },
    },
  },
  {
    name: 'terminal',
    leaves: ['tool_call_runtime_ended'],
    models: {
      *root() {
        const opened = yield say(shell('cat', { tty: true, yield_time_ms: 300 }));
        const session_id = terminalIn(opened.output);
        yield say(call('write_stdin', { session_id, chars: 'grün\n', yield_time_ms: 300 }));
        yield say(call('write_stdin', { session_id, chars: '', yield_time_ms: 250 }));
        yield say(call('write_stdin', { session_id, chars: '\u0004', yield_time_ms: 700 }));
        yield say(call('write_stdin', { session_id, chars: 'is anybody there?\n' }));
        const slow = yield say(shell('echo one; sleep 0.8; echo two', { yield_time_ms: 250 }));
        yield say(
          call('write_stdin', { session_id: terminalIn(slow.output), chars: '', yield_time_ms: 5000 }),
        );
        // Stays open when its turn ends.
        yield say(shell('cat', { tty: true, yield_time_ms: 250 }));
        yield say(message('Three terminals.'));
      },
    },
  },
  {
    name: 'old-shell',
    versions: ['0.128.0'],
    leaves: ['tool_call_runtime_ended'],
    settings: () => ({ features: { unified_exec: false } }),
    models: {
      *root() {
        yield say(call('shell_command', { command: 'ls' }));
        yield say(call('shell_command', { command: 'sleep 3', timeout_ms: 200 }));
        yield say(message('One was too slow.'));
      },
    },
  },
  {
    name: 'mcp',
    leaves: ['tool_call_runtime_ended'],
    settings: () => ({ others: { mcp_servers: wordsServer } }),
    models: {
      *root() {
        yield say(reasoning('There is a tool.'), call(reversed, { text: 'stressed' }));
        yield say(call(reversed, { text: '' }));
        yield say(call(reversed, { text: 'ab' }), call(reversed, { text: 'cd' }));
        yield say(message('desserts'));
      },
    },
  },
  {
    name: 'mcp-in-code',
    leaves: ['code_cell_ended', 'tool_call_runtime_ended'],
    settings: () => ({ features: { code_mode: true }, others: { mcp_servers: wordsServer } }),
    models: {
      *root() {
        const source = `const { name } = ALL_TOOLS.find((tool) => tool.name.endsWith('reverse'));
text(await tools[name]({ text: 'abc' }));
try { text(await tools[name]({ text: '' })); } catch (error) { text(String(error)); }`;
        yield say(callWithText('exec', source));
        yield say(message('cba'));
      },
    },
  },
  {
    name: 'tool-search',
    leaves: ['tool_call_runtime_ended'],
    versions: ['0.160.0', '0.169.0'],
    settings: () => ({ others: { mcp_servers: wordsServer } }),
    models: {
      *root() {
        const search = { query: 'reverse a text', limit: 2 };
        yield say(
          verbatim({
            type: 'tool_search_call',
            id: 'tsc_1',
            call_id: 'call_of_a_search',
            status: 'completed',
            execution: 'client',
            arguments: search,
          }),
        );
        yield say(call(reversed, { text: 'found' }));
        yield say(message('dnuof'));
      },
    },
  },
  {
    name: 'view-image',
    leaves: ['tool_call_ended'],
    refused: { '0.128.0': 'always', '0.160.0': 'always' },
    settings: () => ({ features: { view_image: true } }),
    models: {
      *root() {
        yield say(shell(`printf %s ${PIXEL} | base64 -d > pixel.png`));
        yield say(call('view_image', { path: 'pixel.png' }), call('view_image', { path: 'nothing.png' }));
        // Only the second request with an image can show it again.
        yield say(shell('ls'));
        yield say(message('It is one pixel.'));
      },
    },
  },
  {
    name: 'plan-and-search',
    leaves: ['tool_call_ended'],
    models: {
      *root() {
        const plan = [
          { step: 'Search', status: 'completed' },
          { step: 'Answer', status: 'in_progress' },
        ];
        yield say(
          verbatim({
            type: 'web_search_call',
            id: 'ws_1',
            status: 'completed',
            action: { type: 'search', query: 'how races are reduced' },
          }),
          message('Found it.'),
          call('update_plan', { plan }),
        );
        yield say(message('One.'), message('Two.'));
      },
    },
  },
];

const wordsServer = {
  words: {
    command: process.execPath,
    args: [`${import.meta.dirname}/words-server.mjs`],
    startup_timeout_sec: 120,
  },
};
/** Some versions offer the tool only to those who search for it. */
const reversed = { name: 'reverse', namespace: 'mcp__words' };
