import type { RawPayloadKind, RawPayloadRef } from '../model/payload-ref.js';
import type { RawEventBody } from '../model/raw-event.js';
import type { SchemaVersion } from '../model/schema-version.js';
import type { BundleWriter, Evidence, Place } from './bundle-writer.js';
import { jsonText } from './json-text.js';
import { valueOf, type Lazy } from './lazy.js';
import { requireReadable } from './readable-event.js';
import { messageOf, RecorderWarning, type RecorderWarningCode, type Warn } from './warnings.js';

/** What must not start twice. Each has ids of its own. */
type Unique = 'thread' | 'turn' | 'inference call' | 'compaction' | 'tool call' | 'code cell' | 'spawn of';

/**
 * One recording, which all handles of a session share. Nothing here throws. What records tells whether it did: after
 * a start that is not in the log, nothing that refers to it may come.
 */
export class Recording {
  readonly schema: SchemaVersion;
  readonly #warn: Warn;
  readonly #taken = new Map<Unique, Set<string>>();
  readonly #resumptions = new Map<string, number>();
  readonly #threadOfTerminal = new Map<string, string>();
  /** Null once nothing more is recorded. */
  #writer: BundleWriter | null;
  #hasFailed = false;

  constructor(schema: SchemaVersion, writer: BundleWriter, warn: Warn) {
    this.schema = schema;
    this.#writer = writer;
    this.#warn = warn;
  }

  /** Records an event without a payload. */
  event(place: Place, body: () => RawEventBody): boolean {
    return this.#append(place, body, null);
  }

  /** Records an event that is nothing without its payload. */
  eventOf(
    place: Place,
    kind: RawPayloadKind,
    value: Lazy<unknown>,
    body: (ref: RawPayloadRef) => RawEventBody,
  ): boolean {
    const text = this.#textOf(kind, value);
    return text !== null && this.#appendWith(place, kind, text, body);
  }

  /** Records an event that can do without its payload, and does where that is no JSON. */
  eventWith(
    place: Place,
    kind: RawPayloadKind,
    value: Lazy<unknown>,
    body: (ref: RawPayloadRef | null) => RawEventBody,
  ): boolean {
    const text = this.#textOf(kind, value);
    return text === null ? this.event(place, () => body(null)) : this.#appendWith(place, kind, text, body);
  }

  /** Takes an id for something that starts, unless it is taken. */
  take(what: Unique, id: string): boolean {
    const ids = this.#taken.get(what) ?? new Set();
    if (ids.has(id)) {
      this.#tell('id_repeated', `a second ${what} ${id} is left out, with all that belongs to it`);
      return false;
    }
    this.#taken.set(what, ids.add(id));
    return true;
  }

  /** Whether something of that id has started. */
  hasTaken(what: Unique, id: string): boolean {
    return this.#taken.get(what)?.has(id) ?? false;
  }

  /** Whether a thread may use a terminal: in schema 1 each belongs to the thread that used it first. */
  mayUseTerminal(id: string, thread: string): boolean {
    if (this.schema === 2) return true;
    // As it is written: two texts that are no Unicode may become one.
    const terminal = id.toWellFormed();
    const owner = this.#threadOfTerminal.get(terminal) ?? thread;
    if (owner !== thread) {
      this.leftOut(
        `in schema 1 the terminal ${terminal} belongs to thread ${owner}, not to ${thread} as well`,
      );
      return false;
    }
    this.#threadOfTerminal.set(terminal, thread);
    return true;
  }

  /** How often a thread went on behind its end. Each time it has a new runtime, which knows no cell from before. */
  resumptionsOf(thread: string): number {
    return this.#resumptions.get(thread) ?? 0;
  }

  hasResumed(thread: string): void {
    this.#resumptions.set(thread, this.resumptionsOf(thread) + 1);
  }

  get isOpen(): boolean {
    return this.#writer !== null;
  }

  /** Ends the recording. What comes later is left out. */
  close(): void {
    const writer = this.#writer;
    this.#writer = null;
    try {
      writer?.close();
    } catch (error) {
      this.#stop(error);
    }
  }

  /** What the host gives for a payload; null where that fails, or where nothing is recorded any more. */
  made<T>(kind: RawPayloadKind, make: () => T): T | null {
    if (!this.#writer) return null;
    try {
      return make();
    } catch (error) {
      this.#tell('value_unusable', `a payload (${kind}) is left out: ${messageOf(error)}`, error);
      return null;
    }
  }

  /** Something that the host gave is left out, because readers could not read it where it would stand. */
  leftOut(why: string, cause?: unknown): void {
    if (this.#writer) this.#tell('value_unusable', why, cause);
  }

  #textOf(kind: RawPayloadKind, value: Lazy<unknown>): string | null {
    return this.made(kind, () => jsonText(valueOf(value)));
  }

  #appendWith(
    place: Place,
    kind: RawPayloadKind,
    text: string,
    body: (ref: RawPayloadRef) => RawEventBody,
  ): boolean {
    // Not before there is a text: what made it may have recorded something itself.
    const ref = this.#writer?.nextRef(kind);
    return ref ? this.#append(place, () => body(ref), { ref, text }) : this.#leaveOut();
  }

  #append(place: Place, body: () => RawEventBody, evidence: Evidence | null): boolean {
    if (!this.#writer) return this.#leaveOut();
    let line: string;
    try {
      const event = body();
      requireReadable(event);
      line = this.#writer.nextLine(place, event);
    } catch (error) {
      this.#tell('value_unusable', `an event is left out: ${messageOf(error)}`, error);
      return false;
    }
    try {
      this.#writer.append(line, evidence);
      return true;
    } catch (error) {
      return this.#stop(error);
    }
  }

  #leaveOut(): false {
    if (!this.#hasFailed)
      this.#tell('recording_ended', 'what comes behind the end of a recording is left out');
    return false;
  }

  /** A log with a hole is worth less than one that stops early. */
  #stop(error: unknown): false {
    this.#hasFailed = true;
    this.#tell('recording_stopped', `the recording stops here: ${messageOf(error)}`, error);
    this.close();
    return false;
  }

  #tell(code: RecorderWarningCode, message: string, cause?: unknown): void {
    this.#warn(new RecorderWarning(code, message, { cause }));
  }
}
