import type * as fs from 'node:fs';
import path from 'node:path';
import { LOG_FILE, MANIFEST_FILE, PAYLOADS_FOLDER } from '../model/files.js';
import type { Manifest } from '../model/manifest.js';
import type { RawPayloadKind, RawPayloadRef } from '../model/payload-ref.js';
import type { RawEventBody } from '../model/raw-event.js';
import { jsonText } from './json-text.js';

/** What the writer needs of `node:fs`. */
export interface FileSystem extends Pick<typeof fs, 'openSync' | 'ftruncateSync' | 'closeSync' | 'rmSync'> {
  mkdirSync(folder: string, options?: { readonly mode: number }): unknown;
  writeFileSync(file: string, text: string, options?: { readonly flag: 'wx' }): void;
  /** Writes from `at` on, and returns how many bytes it took. */
  writeSync(file: number, bytes: Uint8Array, at: number): number;
}

/** Thread and turn of an event; null for what stands outside of every thread or turn. */
export interface Place {
  readonly thread_id: string | null;
  readonly codex_turn_id: string | null;
}

export const nowhere: Place = { thread_id: null, codex_turn_id: null };

/** A place in a turn. */
export interface TurnPlace extends Place {
  readonly thread_id: string;
  readonly codex_turn_id: string;
}

/** A payload whose file is yet to be written. */
export interface Evidence {
  readonly ref: RawPayloadRef;
  readonly text: string;
}

/**
 * Writes one bundle. What a call wrote is with the system when it returns, so whatever ends the process, the bundle
 * holds all events so far. Only what was written takes a number.
 */
export class BundleWriter {
  readonly #files: FileSystem;
  readonly #directory: string;
  readonly #manifest: Manifest;
  readonly #log: number;
  /** Bytes of the whole lines. */
  #size = 0;
  #events = 0;
  #payloads = 0;

  /** @throws where the folder is there already or cannot be written; nothing of it is left then. */
  constructor(files: FileSystem, directory: string, manifest: Manifest) {
    this.#files = files;
    this.#directory = directory;
    this.#manifest = manifest;
    // A bundle holds all that a session saw, secrets included.
    makeFolder(files, directory, { mode: 0o700 });
    try {
      files.mkdirSync(path.join(directory, PAYLOADS_FOLDER));
      files.writeFileSync(path.join(directory, MANIFEST_FILE), JSON.stringify(manifest, null, 2));
      this.#log = files.openSync(path.join(directory, LOG_FILE), 'wx');
    } catch (error) {
      files.rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  /** The reference that the next payload will have. */
  nextRef(kind: RawPayloadKind): RawPayloadRef {
    const number = this.#payloads + 1;
    const file = `${PAYLOADS_FOLDER}/${number}.json`;
    return { raw_payload_id: `raw_payload:${number}`, kind: { type: kind }, path: file };
  }

  /**
   * The line that the next event will have.
   *
   * @throws where the event is no JSON.
   */
  nextLine(place: Place, payload: RawEventBody): string {
    const { schema_version, rollout_id } = this.#manifest;
    const seq = this.#events + 1;
    const event = { schema_version, seq, wall_time_unix_ms: Date.now(), rollout_id, ...place, payload };
    return `${jsonText(event)}\n`;
  }

  /**
   * Writes the next event, behind the payload that it names.
   *
   * @throws where the system refuses. The bundle is as it was then, and nothing more may be written.
   */
  append(line: string, evidence: Evidence | null): void {
    const files = this.#files;
    const payload = evidence && `${this.#directory}/${evidence.ref.path}`;
    const bytes = Buffer.from(line);
    try {
      if (evidence && payload) files.writeFileSync(payload, evidence.text, { flag: 'wx' });
      for (let at = 0; at < bytes.length;) at += files.writeSync(this.#log, bytes, at);
    } catch (error) {
      if (payload) files.rmSync(payload, { force: true });
      // A part of the line may be there. Where it cannot be taken back, readers see a torn last line.
      files.ftruncateSync(this.#log, this.#size);
      throw error;
    }
    this.#size += bytes.length;
    this.#events += 1;
    if (evidence) this.#payloads += 1;
  }

  close(): void {
    this.#files.closeSync(this.#log);
  }
}

/**
 * Makes a folder, and first those above it that are missing. `recursive` of Node.js never returns where the system
 * finds no place for a folder whose parent is there, as in a working folder that was deleted.
 */
const makeFolder = (files: FileSystem, folder: string, options?: { readonly mode: number }): void => {
  try {
    files.mkdirSync(folder, options);
  } catch (error) {
    const parent = path.dirname(folder);
    if (!isSaid('ENOENT', error) || parent === folder) throw error;
    makeFolderIfMissing(files, parent);
    files.mkdirSync(folder, options);
  }
};

const makeFolderIfMissing = (files: FileSystem, folder: string): void => {
  try {
    makeFolder(files, folder);
  } catch (error) {
    if (!isSaid('EEXIST', error)) throw error;
  }
};

const isSaid = (code: string, error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
