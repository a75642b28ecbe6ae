/** What recording costs a host: microseconds for each event, beside writing the same bytes and nothing else. */
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ThreadRecorder } from '../dist/recorder/index.js';
import { recordRollout } from '../dist/recorder/index.js';

const TURNS = 400;
const ROUNDS = 5;
const TIMES = 100;

const model = { model: 'm', provider: 'p' };
const text = 'x'.repeat(1500);
const item = (id: string) => ({ type: 'message', id, role: 'user', content: [{ type: 'input_text', text }] });
const input = { type: 'function', arguments: JSON.stringify({ cmd: 'ls -l' }) } as const;

/** A turn as hosts have them: one request, one command, one receipt for each item. What the host says is made before. */
const turnOf = (id: string): ((root: ThreadRecorder) => void) => {
  const [asked, answered, output] = [[item(`item ${id}`)], [item(`answer ${id}`)], item(`output ${id}`)];
  const inference = { ...model, request: () => ({ input: asked }) };
  const answer = { responseId: id, outputItems: () => answered };
  const call = { callId: `call ${id}`, name: 'exec_command', input };
  const command = { command: ['ls', '-l'], cwd: '/', processId: 1 };
  const commandEnd = () => ({ exitCode: 0, output: text });
  const end = { output: () => output };
  return (root) => {
    const turn = root.startTurn(id);
    turn.itemsAccepted(asked);
    turn.startInference(inference).completed(answer);
    turn.itemsAccepted(answered);
    const tool = turn.startTool(call);
    tool.commandStarted(command);
    tool.commandEnded(commandEnd);
    tool.ended(end);
    turn.ended();
  };
};
const turns = Array.from({ length: TURNS }, (_, turn) => turnOf(`turn ${turn}`));

/** Microseconds that `work` takes. */
const measure = (work: () => void): number => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1000;
};

const record = (traceRoot: string): { readonly bundle: string | null; readonly cost: number } => {
  const root = recordRollout({ traceRoot });
  const cost = measure(() => {
    for (const play of turns) play(root);
  });
  root.ended();
  return { bundle: root.bundle, cost };
};

/** The same calls where nothing is recorded, so often that a clock can measure them. */
const recordNothing = (): number => {
  const root = recordRollout({ traceRoot: '' });
  const cost = measure(() => {
    for (let time = 0; time < TIMES; time++) for (const play of turns) play(root);
  });
  return cost / TIMES;
};

/** Writes what stands in a bundle: each payload in a file, each line by a write. */
const rewrite = (bundle: string, folder: string): number => {
  const lines = readFileSync(path.join(bundle, 'trace.jsonl'), 'utf8').split(/(?<=\n)/);
  const steps = lines.map((line) => {
    const payload = /payloads\/\d+\.json/.exec(line)?.[0];
    return {
      line,
      payload: payload ? { file: payload, text: readFileSync(path.join(bundle, payload)) } : null,
    };
  });
  mkdirSync(path.join(folder, 'payloads'), { recursive: true });
  const log = openSync(path.join(folder, 'trace.jsonl'), 'wx');
  const cost = measure(() => {
    for (const { line, payload } of steps) {
      if (payload) writeFileSync(path.join(folder, payload.file), payload.text);
      writeSync(log, line);
    }
  });
  closeSync(log);
  return cost / lines.length;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const results: { floor: number; enabled: number; disabled: number }[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-bench-'));
  const { bundle, cost } = record(folder);
  if (bundle === null) throw new Error('nothing was recorded');
  const events = readFileSync(path.join(bundle, 'trace.jsonl'), 'utf8').split('\n').length - 1;
  const floor = rewrite(bundle, path.join(folder, 'floor'));
  const disabled = recordNothing() / events;
  rmSync(folder, { recursive: true });
  // The first round warms up.
  if (round > 0) results.push({ floor, enabled: cost / events, disabled });
}

const of = (column: keyof (typeof results)[number], digits = 1): string =>
  median(results.map((result) => result[column])).toFixed(digits);
console.log(
  `Microseconds for each event, median of ${ROUNDS} rounds of ${TURNS} turns; half of the events have a payload`,
);
console.log(`  recording           ${of('enabled')}`);
console.log(`  writing the bytes   ${of('floor')}`);
console.log(`  recording disabled  ${of('disabled', 3)}`);
