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

const model = { model: 'm', provider: 'p' };
const text = 'x'.repeat(1500);
const item = (id: string) => ({ type: 'message', id, role: 'user', content: [{ type: 'input_text', text }] });
const input = { type: 'function', arguments: JSON.stringify({ cmd: 'ls -l' }) } as const;

/** A turn as hosts have them: one request, one command, one receipt for each item. */
const playTurn = (root: ThreadRecorder, id: string): void => {
  const turn = root.startTurn(id);
  turn.itemsAccepted([item(`item ${id}`)]);
  const attempt = turn.startInference({ ...model, request: () => ({ input: [item(`item ${id}`)] }) });
  attempt.completed({ responseId: id, outputItems: () => [item(`answer ${id}`)] });
  turn.itemsAccepted([item(`answer ${id}`)]);
  const tool = turn.startTool({ callId: `call ${id}`, name: 'exec_command', input });
  tool.commandStarted({ command: ['ls', '-l'], cwd: '/', processId: 1 });
  tool.commandEnded(() => ({ exitCode: 0, output: text }));
  tool.ended({ output: () => item(`output ${id}`) });
  turn.ended();
};

/** Microseconds that `work` takes. */
const measure = (work: () => void): number => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1000;
};

const record = (traceRoot: string): { readonly bundle: string | null; readonly cost: number } => {
  const root = recordRollout({ traceRoot });
  const cost = measure(() => {
    for (let turn = 0; turn < TURNS; turn++) playTurn(root, `turn ${turn}`);
  });
  root.ended();
  return { bundle: root.bundle, cost };
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
  const disabled = record('').cost / events;
  rmSync(folder, { recursive: true });
  // The first round warms up.
  if (round > 0) results.push({ floor, enabled: cost / events, disabled });
}

const of = (column: keyof (typeof results)[number]): string =>
  median(results.map((result) => result[column])).toFixed(2);
console.log(
  `Microseconds for each event, median of ${ROUNDS} rounds of ${TURNS} turns; half of the events have a payload`,
);
console.log(`  recording           ${of('enabled')}`);
console.log(`  writing the bytes   ${of('floor')}`);
console.log(`  recording disabled  ${of('disabled')}`);
