import type { RolloutStatus } from '../model/execution.js';
import { nowhere } from './bundle-writer.js';
import type { Recording } from './recording.js';

/** A session: which of its threads are open, and when its recording is complete. */
export class Rollout {
  readonly recording: Recording;
  readonly #root: string;
  readonly #open = new Set<string>();
  #hasEnded = false;

  constructor(recording: Recording, root: string) {
    this.recording = recording;
    this.#root = root;
  }

  opened(thread: string): void {
    this.#open.add(thread);
  }

  /** The end of the root is the end of the session, but others may still have something to say. */
  ended(thread: string, status: RolloutStatus): void {
    this.#open.delete(thread);
    if (thread === this.#root && !this.#hasEnded) {
      this.#hasEnded = true;
      this.recording.event(nowhere, () => ({ type: 'rollout_ended', status }));
    }
    if (this.#hasEnded && this.#open.size === 0) this.close();
  }

  /** A recording is complete where its session has ended. */
  close(): void {
    if (this.#hasEnded && this.recording.schema === 2 && this.recording.isOpen) {
      this.recording.event(nowhere, () => ({ type: 'recording_completed' }));
    }
    this.recording.close();
  }
}
