import { parseArgs } from 'node:util';
import { generateBundle } from './generate.js';
import { DEFAULTS, type GenerateOptions } from './options.js';

const USAGE = `usage: tsx bench/generate/main.ts --out DIR [options]
  --out DIR        directory of the bundle, must not hold one already
  --schema S       1: as Codex 0.160 records, 2: as 0.169 does        (${DEFAULTS.schema})
  --events N       end with the turn that reaches N events            (${DEFAULTS.events})
  --mode M         full: each request repeats the history
                   incremental: it carries only what is new           (${DEFAULTS.mode})
  --compact K      root turns between two compactions, 0 = never      (${DEFAULTS.compactEvery})
  --text B         mean length of a tool output                       (${DEFAULTS.textLength})
  --turn-len L     steps of a root turn                               (${DEFAULTS.turnLength})
  --cells P        share of steps that are a code cell                (${DEFAULTS.cellShare})
  --stdin P        share of commands that leave a terminal open       (${DEFAULTS.stdinShare})
  --children C     root turns between two child agents, 0 = never     (${DEFAULTS.childEvery})
  --base B         bytes of instructions and tools in a full request  (${DEFAULTS.baseBytes})
  --seed S         seed of the random numbers                         (${DEFAULTS.seed})`;

/** Every option takes a value. */
const text = { type: 'string' } as const;

function readOptions(args: string[]): GenerateOptions {
  const { values } = parseArgs({
    args,
    options: {
      out: text,
      schema: text,
      mode: text,
      events: text,
      compact: text,
      text,
      'turn-len': text,
      cells: text,
      stdin: text,
      children: text,
      base: text,
      seed: text,
    },
  });
  const { out, mode = DEFAULTS.mode, schema = String(DEFAULTS.schema) } = values;
  if (out === undefined) throw new Error('--out DIR is required');
  if (mode !== 'full' && mode !== 'incremental') throw new Error('--mode must be full or incremental');
  if (schema !== '1' && schema !== '2') throw new Error('--schema must be 1 or 2');
  return {
    out,
    mode,
    schema: schema === '2' ? 2 : 1,
    events: count('events', values.events, DEFAULTS.events),
    compactEvery: count('compact', values.compact, DEFAULTS.compactEvery),
    textLength: count('text', values.text, DEFAULTS.textLength),
    turnLength: count('turn-len', values['turn-len'], DEFAULTS.turnLength),
    cellShare: share('cells', values.cells, DEFAULTS.cellShare),
    stdinShare: share('stdin', values.stdin, DEFAULTS.stdinShare),
    childEvery: count('children', values.children, DEFAULTS.childEvery),
    baseBytes: count('base', values.base, DEFAULTS.baseBytes),
    seed: count('seed', values.seed, DEFAULTS.seed),
  };
}

function count(name: string, given: string | undefined, fallback: number): number {
  if (given === undefined) return fallback;
  if (!/^\d+$/.test(given)) throw new Error(`--${name} must be a whole number from 0 up`);
  return Number(given);
}

function share(name: string, given: string | undefined, fallback: number): number {
  if (given === undefined) return fallback;
  const value = Number(given);
  if (given.trim() === '' || !(value >= 0 && value <= 1)) throw new Error(`--${name} must be from 0 to 1`);
  return value;
}

try {
  console.log(JSON.stringify(generateBundle(readOptions(process.argv.slice(2)))));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 2;
}
