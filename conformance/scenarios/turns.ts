import { rmSync } from 'node:fs';
import path from 'node:path';
import type { AppServer } from '../codex/app-server.js';
import { javascript, message, reasoning, shell } from '../model/items.js';
import { answer, compacted, failure, say, type Script } from '../model/script.js';
import { PIXEL } from './pixel.js';
import { isRecent, untilRemoved, type Codex, type Scenario } from '../scenario.js';

/** Uses one thread of `codex app-server`, and lets it end by itself. */
const inThread =
  (use: (server: AppServer, thread: string, codex: Codex) => Promise<unknown>) =>
  async (codex: Codex): Promise<void> => {
    const server = await codex.appServer();
    await use(server, await server.startThread(), codex);
    await server.close();
  };

const prompts = (...steps: readonly string[]) =>
  inThread(async (server, thread) => {
    for (const step of steps) await (step === COMPACT ? server.compact(thread) : server.turn(thread, step));
  });
const COMPACT = '/compact';

/** Answers each request by its number. */
const counting: Script = function* () {
  for (let number = 1; ; number++) yield say(reasoning(`Think ${number}.`), message(`Answer ${number}.`));
};

const untilInterrupted = inThread(async (server, thread, codex) => {
  const turn = await server.startTurn(thread, 'Begin.');
  await codex.file('began');
  await server.interrupt(thread, turn);
  await server.turn(thread, 'Begin again.');
});

/** With this name Codex lets the model compact. */
const remote = () => ({
  provider: { name: 'OpenAI' },
  others: { model_auto_compact_token_limit: 50_000 },
});
const TOO_MANY = { inputTokens: 60_000 };

export const turns: readonly Scenario[] = [
  {
    name: 'turns',
    leaves: ['codex_turn_ended'],
    drive: prompts('One?', 'Two?', 'Wie geht es dir? 🙂', 'Four?'),
    models: { root: counting },
  },
  {
    name: 'image',
    leaves: ['codex_turn_ended'],
    drive: inThread(async (server, thread) => {
      await server.turn(thread, 'What is this?', { type: 'image', url: `data:image/png;base64,${PIXEL}` });
      await server.turn(thread, 'And what was it?');
    }),
    models: { root: counting },
  },
  {
    name: 'threads',
    leaves: ['codex_turn_ended'],
    async drive(codex) {
      const server = await codex.appServer();
      const first = await server.startThread();
      const second = await server.startThread();
      await Promise.all([server.turn(first, 'You are first.'), server.turn(second, 'You are second.')]);
      const fork = await server.startThread('thread/fork', { threadId: first });
      await Promise.all([server.turn(fork, 'You are a fork.'), server.turn(first, 'You are forked.')]);
      await server.close();
    },
    models: { root: counting },
  },
  {
    name: 'rollback',
    leaves: ['codex_turn_ended'],
    async drive(codex) {
      const server = await codex.appServer();
      const mode = isRecent(codex.version) ? { historyMode: 'paginated' } : {};
      const threadId = await server.startThread('thread/start', mode);
      await server.turn(threadId, 'Keep this.');
      const beforeTurnId = await server.turn(threadId, 'Take this back.');
      if (isRecent(codex.version)) await server.request('thread/revert', { threadId, beforeTurnId });
      else await server.request('thread/rollback', { threadId, numTurns: 1 });
      await server.turn(threadId, 'Say this instead.');
      await server.close();
    },
    models: { root: counting },
  },
  {
    name: 'resumed',
    leaves: ['codex_turn_ended'],
    async drive(codex) {
      await codex.exec('Remember this.').ended;
      await codex.exec('What was it?', 'resume', '--last').ended;
    },
    models: { root: counting },
  },
  {
    name: 'steered',
    leaves: ['tool_call_ended'],
    drive: inThread(async (server, thread, codex) => {
      const turn = await server.startTurn(thread, 'Begin.');
      await codex.file('began');
      await server.steer(thread, turn.id, 'And something else.');
      rmSync(path.join(codex.home.project, 'began'));
      await turn.ended;
    }),
    models: {
      *root() {
        yield say(shell(untilRemoved('began'), { yield_time_ms: 20_000 }));
        yield say(message('Both.'));
      },
    },
  },
  {
    name: 'interrupted-command',
    leaves: ['tool_call_started', 'inference_completed'],
    drive: untilInterrupted,
    models: {
      *root() {
        yield say(shell(untilRemoved('began'), { yield_time_ms: 20_000 }), shell('echo beside'));
        yield say(message('On we go.'));
      },
    },
  },
  {
    name: 'interrupted-stream',
    leaves: ['inference_cancelled', 'inference_completed'],
    drive: untilInterrupted,
    models: {
      *root() {
        yield answer([reasoning('Well …'), shell('touch began'), message('I was about to')], { end: 'open' });
        yield say(message('On we go.'));
      },
    },
  },
  {
    name: 'interrupted-code',
    leaves: ['code_cell_started', 'inference_completed'],
    settings: () => ({ features: { code_mode: true } }),
    drive: untilInterrupted,
    models: {
      *root() {
        const cmd = untilRemoved('began');
        yield say(
          javascript(
            `text('began');\nawait tools.exec_command(${JSON.stringify({ cmd, yield_time_ms: 20_000 })});`,
          ),
        );
        yield say(message('On we go.'));
      },
    },
  },
  {
    name: 'compacted-here',
    leaves: ['inference_completed'],
    drive: prompts('One?', COMPACT, 'Two?'),
    models: { root: counting },
  },
  {
    name: 'compacted-remotely',
    leaves: ['compaction_installed'],
    settings: remote,
    drive: prompts('One?', 'Two?', COMPACT, 'Three?'),
    models: {
      *root() {
        yield answer([shell('echo a lot')], TOO_MANY);
        yield say(message('Compacted in the middle of a turn.'));
        yield answer([message('Compacted between turns.')], TOO_MANY);
        yield say(message('Compacted by the user.'));
      },
    },
  },
  {
    name: 'compaction-fails',
    leaves: ['compaction_request_failed', 'compaction_installed'],
    settings: remote,
    drive: prompts('One?', COMPACT, 'Two?', COMPACT, 'Three?'),
    models: {
      root: counting,
      *compaction() {
        yield failure(400, 'invalid_prompt');
        while (true) yield compacted();
      },
    },
  },
];
