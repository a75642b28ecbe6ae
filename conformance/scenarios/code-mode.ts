import { call, javascript, message, shell, verbatim } from '../model/items.js';
import { say } from '../model/script.js';
import type { Scenario } from '../scenario.js';

const settings = () => ({ features: { code_mode: true } });

/** Id of the cell that goes on. */
const cellIn = (output: string): string => /cell ID ([\w-]+)/.exec(output)?.[1] ?? 'none';

const pause = (milliseconds: number): string =>
  `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));`;
const yieldsAfter = (milliseconds: number): string => `// @exec: {"yield_time_ms": ${milliseconds}}\n`;

export const codeMode: readonly Scenario[] = [
  {
    name: 'code',
    leaves: ['code_cell_ended', 'tool_call_runtime_ended'],
    settings,
    models: {
      *root() {
        yield say(
          javascript(`const ran = await tools.exec_command({ cmd: 'echo inside' });\ntext(ran.output);`),
        );
        yield say(
          javascript(`const all = await Promise.all(['sleep 0.2; echo a', 'echo b; exit 4'].map((cmd) => tools.exec_command({ cmd })));
for (const { output, exit_code } of all) text({ output, exit_code });`),
        );
        yield say(javascript(`text('so far');\nthrow new Error('no further');`));
        yield say(javascript('let let = ;'));
        yield say(
          javascript(`try { await tools.exec_command({}); } catch (error) { text(String(error)); }
await tools.apply_patch('*** Begin Patch\\n*** Add File: b.txt\\n+b\\n*** End Patch\\n');`),
        );
        yield say(javascript(`text('early'); exit();`), shell('echo beside'));
        yield say(message('Ran six cells.'));
      },
    },
  },
  {
    name: 'code-only',
    leaves: ['code_cell_ended', 'tool_call_runtime_ended'],
    versions: ['0.160.0', '0.169.0'],
    // Whoever uses this model reaches all tools by code.
    settings: () => ({ others: { model: 'gpt-6-sol' } }),
    models: {
      *root() {
        const source = `const { session_id } = await tools.exec_command({ cmd: 'cat', tty: true, yield_time_ms: 250 });
for (const chars of ['typed\\n', '\\u0004'])
  text(await tools.write_stdin({ session_id, chars, yield_time_ms: 400 }));`;
        yield say(javascript(source));
        yield say(message('Typed by code.'));
      },
    },
  },
  {
    name: 'code-waits',
    leaves: ['code_cell_ended', 'tool_call_runtime_ended'],
    settings,
    models: {
      *root() {
        const source = `${yieldsAfter(150)}text('first');\n${pause(700)}\ntext((await tools.exec_command({ cmd: 'echo later' })).output);`;
        const started = yield say(javascript(source));
        const cell_id = cellIn(started.output);
        yield say(call('wait', { cell_id, yield_time_ms: 100 }));
        yield say(shell('echo meanwhile'));
        yield say(call('wait', { cell_id, yield_time_ms: 8000 }));
        yield say(call('wait', { cell_id: 'nobody', yield_time_ms: 100 }));
        yield say(message('It came in the end.'));
      },
    },
  },
  {
    name: 'code-terminated',
    leaves: ['code_cell_initial_response', 'code_cell_ended'],
    settings,
    models: {
      *root() {
        const endless = yield say(javascript(`text('endless');\nyield_control();\n${pause(60_000)}`));
        yield say(call('wait', { cell_id: cellIn(endless.output), terminate: true }));
        const failing = yield say(
          javascript(`${yieldsAfter(100)}${pause(400)}\nthrow new Error('too late');`),
        );
        yield say(call('wait', { cell_id: cellIn(failing.output) }));
        // Goes on when its turn ends.
        yield say(javascript(`${yieldsAfter(100)}${pause(60_000)}`));
        yield say(message('Enough.'));
      },
    },
  },
  {
    name: 'code-notifies',
    leaves: ['code_cell_ended'],
    settings,
    refused: { '0.128.0': 'always', '0.160.0': 'always' },
    models: {
      *root() {
        yield say(javascript(`notify('half of it');\ntext('all of it');`));
        yield say(message('Both came.'));
      },
    },
  },
  {
    name: 'wait-that-is-no-tool',
    leaves: ['tool_call_ended'],
    refused: { '0.128.0': 'always', '0.160.0': 'always', '0.169.0': 'always' },
    models: {
      *root() {
        yield say(call('wait', { for: 'nothing' }));
        yield say(message('There is no such tool.'));
      },
    },
  },
  {
    name: 'item-of-the-future',
    leaves: ['inference_completed'],
    refused: { '0.128.0': 'always', '0.160.0': 'always', '0.169.0': 'always' },
    models: {
      *root() {
        yield say(verbatim({ type: 'not_yet_invented', id: 'x_1' }), message('Well.'));
      },
    },
  },
];
