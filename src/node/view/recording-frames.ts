import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { bundleLooker } from '../tail/bundle-look.js';
import { watchFolder } from '../tail/watch-folder.js';
import { encodeFrame } from './frames.js';
import { recordingRun, type RunStep } from './recording-run.js';
import type { Redaction } from './redaction.js';

export interface RecordingFramesOptions {
  /** Milliseconds between two looks where the file system reports nothing. */
  readonly pollMs?: number;
  /** Milliseconds that a payload gets to be complete. */
  readonly payloadWaitMs?: number;
  /** Ends when all that is there was told, instead of waiting for more. */
  readonly once?: boolean;
  readonly redaction?: Redaction | undefined;
  /** Ends the stream; the generator throws its reason. */
  readonly signal: AbortSignal;
}

/** Milliseconds between two looks for a payload that an event waits for. */
const PAYLOAD_POLL_MS = 20;

/**
 * A bundle as frames, in pieces of a few hundred kilobytes, while it is written: each piece is made when it is
 * asked for. A log that was cut or replaced begins anew. Throws as `replayBundle` rejects.
 */
export async function* recordingFrames(
  directory: string,
  { pollMs = 200, payloadWaitMs = 1000, once: isOnce = false, redaction, signal }: RecordingFramesOptions,
): AsyncGenerator<Buffer, void, undefined> {
  const looker = bundleLooker(directory, pollMs);
  const woken = new EventTarget();
  const folder = watchFolder(directory, () => void woken.dispatchEvent(new Event('change')));
  const newRun = { settleMs: isOnce ? 0 : 2 * pollMs, payloadWaitMs: isOnce ? 0 : payloadWaitMs, redaction };
  let run: ReturnType<typeof recordingRun> | undefined;
  try {
    for (;;) {
      signal.throwIfAborted();
      const step = looker.look((look): RunStep => {
        run ??= recordingRun(look, newRun);
        return run(look);
      }) ?? { frames: [], next: 'log' };
      if (step.frames.length > 0) yield Buffer.concat(step.frames);
      if (step.next === 'truncated' || step.next === 'replaced') {
        run = undefined;
        looker.forget();
        yield encodeFrame({ type: 'restart' });
      } else if (step.next === 'more') await delay(0, undefined, { signal });
      else if (isOnce) return;
      else {
        folder.renew();
        await pause(woken, step.next === 'payload' ? PAYLOAD_POLL_MS : pollMs, signal);
      }
    }
  } finally {
    folder.close();
  }
}

/** Until something happens in the folder, or for so many milliseconds. */
const pause = async (woken: EventTarget, ms: number, signal: AbortSignal): Promise<void> => {
  const either = new AbortController();
  const ends = AbortSignal.any([signal, either.signal]);
  const waits = [once(woken, 'change', { signal: ends }), delay(ms, undefined, { signal: ends })];
  try {
    await Promise.race(waits);
  } finally {
    either.abort();
    await Promise.allSettled(waits);
  }
};
