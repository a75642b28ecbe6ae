import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** What a whole process used, start-up included. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMiB: number;
}

/** CPU time and memory of a process that cannot report them itself are unknown where `time` is missing. */
export type Measurement = Usage | { readonly cpuSeconds: null; readonly wallSeconds: number };

const REPORT_USAGE = new URL('./report-usage.mjs', import.meta.url).href;
const GNU_TIME = '/usr/bin/time';

/** Runs a command to its end and tells what it used. Fails when the command fails. */
export async function measureProcess(command: string, args: readonly string[]): Promise<Measurement> {
  if (command === process.execPath) return measureNode(args);
  if (process.platform === 'linux' && existsSync(GNU_TIME)) return measureWithTime(command, args);
  const { wallSeconds } = await run(command, args);
  return { cpuSeconds: null, wallSeconds };
}

/** Wall time alone, with nothing between this process and the command. Fails when the command fails. */
export async function wallSecondsOf(command: string, args: readonly string[]): Promise<number> {
  return (await run(command, args)).wallSeconds;
}

/** What a Node process used, which reports its own usage as it exits. */
export async function measureNode(args: readonly string[]): Promise<Usage> {
  const { wallSeconds, report } = await run(process.execPath, ['--import', REPORT_USAGE, ...args]);
  const usage: unknown = JSON.parse(report);
  if (typeof usage === 'object' && usage !== null && 'cpuSeconds' in usage && 'peakMiB' in usage) {
    const { cpuSeconds, peakMiB } = usage;
    if (typeof cpuSeconds === 'number' && typeof peakMiB === 'number') {
      return { cpuSeconds, wallSeconds, peakMiB };
    }
  }
  throw new Error(`unexpected usage report: ${report}`);
}

async function measureWithTime(command: string, args: readonly string[]): Promise<Usage> {
  // `time` writes to the error output too, after the command has ended: the last line is its own.
  const { wallSeconds, errors } = await run(GNU_TIME, ['-f', '\\n%U %S %M', command, ...args]);
  const [user, system, peakKiB] = (errors.trimEnd().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (user === undefined || system === undefined || peakKiB === undefined) {
    throw new Error(`unexpected output of ${GNU_TIME}: ${errors}`);
  }
  return { cpuSeconds: user + system, wallSeconds, peakMiB: peakKiB / 1024 };
}

async function run(command: string, args: readonly string[]) {
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    // Options meant for this process, a loader for instance, must not ride along in the measured one.
    env: { ...process.env, NODE_OPTIONS: undefined },
  });
  const exited = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  // The clock stops at the exit, not when the pipes have been drained.
  const ended = exited.then((status) => ({ status, wallSeconds: (performance.now() - started) / 1000 }));
  const [{ status, wallSeconds }, errors, report] = await Promise.all([
    ended,
    readAll(child.stdio[2]),
    readAll(child.stdio[3]),
  ]);
  if (status !== 'exit code 0') throw new Error(`${[command, ...args].join(' ')}: ${status}\n${errors}`);
  return { wallSeconds, report, errors };
}

async function readAll(stream: unknown): Promise<string> {
  return stream instanceof Readable ? text(stream) : '';
}

/** Takes turns, A B A B: what slows the machine for a while then hits all of them alike. */
export async function alternate<Name extends string, Measured>(
  runs: number,
  commands: Readonly<Record<Name, () => Promise<Measured>>>,
): Promise<(name: Name) => readonly Measured[]> {
  const measured = new Map<string, Measured[]>();
  for (let turn = 0; turn < runs; turn += 1) {
    for (const [name, measure] of Object.entries<() => Promise<Measured>>(commands)) {
      measured.set(name, [...(measured.get(name) ?? []), await measure()]);
    }
  }
  return (name) => measured.get(name) ?? [];
}

/** The middle value: on a machine with other work, means are led astray by single slow runs. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? NaN;
  return (lower + upper) / 2;
}

export function medianUsage(runs: readonly Usage[]): Usage {
  return {
    cpuSeconds: median(runs.map((usage) => usage.cpuSeconds)),
    wallSeconds: median(runs.map((usage) => usage.wallSeconds)),
    peakMiB: median(runs.map((usage) => usage.peakMiB)),
  };
}
