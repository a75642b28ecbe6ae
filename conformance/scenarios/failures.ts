import { setTimeout as after } from 'node:timers/promises';
import { message, reasoning, shell } from '../model/items.js';
import { answer, failure, say } from '../model/script.js';
import { untilRemoved, type Scenario } from '../scenario.js';

const CUT = { end: 'cut', endAfter: 100 } as const;

export const failures: readonly Scenario[] = [
  {
    name: 'server-errors',
    leaves: ['inference_failed', 'tool_call_ended'],
    models: {
      *root() {
        yield failure(500);
        yield failure(500);
        yield say(shell('echo better'));
        yield failure(500);
        yield say(message('It works.'));
      },
    },
  },
  {
    name: 'refused-request',
    leaves: ['inference_failed'],
    models: {
      *root() {
        yield failure(400, 'invalid_prompt');
      },
    },
  },
  {
    name: 'cut-stream',
    leaves: ['inference_failed', 'inference_completed'],
    settings: () => ({ provider: { stream_max_retries: 3 } }),
    models: {
      *root() {
        yield answer([reasoning('Cut.'), message('Half of')], CUT);
        yield answer([reasoning('Again.'), shell('echo before the cut')], CUT);
        yield say(shell('echo whole'));
        yield say(message('Whole.'));
      },
    },
  },
  {
    name: 'cut-for-good',
    leaves: ['inference_failed'],
    models: {
      *root() {
        while (true) yield answer([message('Half of')], CUT);
      },
    },
  },
  {
    name: 'killed',
    leaves: ['tool_call_ended'],
    async drive(codex) {
      const running = codex.exec('Begin.');
      await codex.file('began');
      running.kill();
      await running.ended;
    },
    models: {
      *root() {
        yield say(shell('echo one'));
        yield say(shell(untilRemoved('began'), { yield_time_ms: 20_000 }));
      },
    },
  },
  {
    name: 'killed-anywhere',
    // Where the kill cuts a line in two.
    refused: { '0.128.0': 'sometimes', '0.160.0': 'sometimes', '0.169.0': 'sometimes' },
    leaves: ['inference_started'],
    async drive(codex) {
      const running = codex.exec('Begin.');
      await codex.asked(1);
      await after(Math.random() * LONGEST_LIFE_MS);
      running.kill();
      await running.ended;
    },
    models: {
      *root() {
        while (true) yield say(shell('echo again'), shell('echo and again'));
      },
    },
  },
  {
    name: 'ctrl-c',
    leaves: ['tool_call_started'],
    async drive(codex) {
      const running = codex.exec('Begin.');
      await codex.file('began');
      running.child.kill('SIGINT');
      await running.ended;
    },
    models: {
      *root() {
        yield say(shell(untilRemoved('began'), { yield_time_ms: 20_000 }));
      },
    },
  },
];

/** Milliseconds after the first request before the process is killed, at most. */
const LONGEST_LIFE_MS = 1500;
