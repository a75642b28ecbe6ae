import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Observable } from 'rxjs';
import { expect, vi } from 'vitest';
import { replayBundle, type TailOptions, type TailSnapshot } from '../../src/node/index.js';
import { LOG_FILE } from '../../src/model/files.js';
import type { Files } from '../helpers/bundle-on-disk.js';
import { printed } from '../helpers/cascade.js';
import { caseFiles } from '../cli/command.js';

/** Short times, so that nothing has to be waited for longer than a test likes. */
export const quickly = { pollMs: 10, payloadWaitMs: 60, quietMs: 60 } as const satisfies TailOptions;

/** A tail that somebody listens to. */
export interface Tailing<Snapshot extends TailSnapshot = TailSnapshot> {
  readonly snapshots: readonly Snapshot[];
  /** How it ended, if it did. */
  readonly end: () => 'complete' | { readonly error: unknown } | undefined;
  /** Unsubscribes. */
  stop(): void;
}

const listen = <Snapshot extends TailSnapshot>(tail$: Observable<Snapshot>): Tailing<Snapshot> => {
  const snapshots: Snapshot[] = [];
  let end: ReturnType<Tailing['end']>;
  const subscription = tail$.subscribe({
    next: (snapshot) => void snapshots.push(snapshot),
    complete: () => (end = 'complete'),
    error: (error: unknown) => (end = { error }),
  });
  return { snapshots, end: () => end, stop: () => subscription.unsubscribe() };
};

/** Listens to a tail while `use` runs. */
export const whileTailing = async <Snapshot extends TailSnapshot>(
  tail$: Observable<Snapshot>,
  use: (tailing: Tailing<Snapshot>) => Promise<void>,
): Promise<void> => {
  const tailing = listen(tail$);
  try {
    await use(tailing);
  } finally {
    tailing.stop();
  }
};

/** Waits until something holds, for as long as a busy machine may take; the check behind it says what is missing. */
export const until = async (holds: () => boolean): Promise<void> => {
  // No clock that stands still in here.
  for (const start = process.uptime(); !holds() && process.uptime() - start < PATIENCE_SECONDS;)
    await sleep(2);
};
/** Less than the longest time between two looks in these tests. */
const PATIENCE_SECONDS = 40;

/** Runs `use` while a tail sees no time go by but the milliseconds that it lets pass, however slow the machine is. */
export const inStillTime = async (use: (pass: (ms: number) => void) => Promise<void>): Promise<void> => {
  // Files that are written now are not old.
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: 0 });
  try {
    await use((ms) => void vi.advanceTimersByTime(ms));
  } finally {
    vi.useRealTimers();
  }
};

/** Runs `use` on a folder that holds nothing, and removes it afterwards. */
export const inFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-tail-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const logBytes = (files: Files): Buffer => Buffer.from(files.get(LOG_FILE) ?? '');

/** The files with the log cut to so many bytes. */
export const upTo = (files: Files, bytes: number): Files =>
  new Map([...files, [LOG_FILE, logBytes(files).subarray(0, bytes)]]);

/** The lines of the log, each with its line break. */
const logLines = (files: Files): readonly string[] =>
  logBytes(files)
    .toString()
    .split(/(?<=\n)/);

export const append = (folder: string, piece: string | Uint8Array): void =>
  appendFileSync(path.join(folder, LOG_FILE), piece);

export const lastOf = ({ snapshots }: Tailing): TailSnapshot => {
  const last = snapshots.at(-1);
  if (!last) throw new Error('no snapshot came');
  return last;
};

/** Waits until the last snapshot says what a replay of the bundle says now. */
export const holdsReplay = async ({ snapshots }: Tailing, folder: string): Promise<void> => {
  const { trace, diagnostics, unresolved } = await replayBundle(folder);
  const wanted = { printed: printed({ trace }), diagnostics, unresolved };
  const shown = () => {
    const last = snapshots.at(-1);
    return last && { printed: printed(last), diagnostics: last.diagnostics, unresolved: last.pending };
  };
  await until(() => isDeepStrictEqual(shown(), wanted));
  expect(shown()).toEqual(wanted);
};

/** A small bundle of schema 1. */
export const sample = caseFiles('agent-result');
export const sampleLines = logLines(sample);
/** The files of the sample with another log. */
export const withLog = (text: string): Files => new Map([...sample, [LOG_FILE, text]]);
