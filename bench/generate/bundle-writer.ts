import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemaVersion } from './options.js';
import type { Random } from './random.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** The place an event belongs to; protocol and rollout events have none. */
export interface EventContext {
  readonly threadId: string;
  readonly turnId: string;
}

const STARTED_AT = 1_795_000_000_000;
const LINES_PER_WRITE = 500;

/** Prints as Codex prints its payloads: two spaces, no newline at the end. */
export function pretty(value: Json): string {
  return JSON.stringify(value, null, 2);
}

/** Writes one bundle: numbers events and payloads, and puts each payload on disk before the event naming it. */
export class BundleWriter {
  readonly rootThreadId: string;
  readonly #dir: string;
  readonly #schema: SchemaVersion;
  readonly #random: Random;
  readonly #traceId: string;
  readonly #log: number;
  #lines: string[] = [];
  #clock = STARTED_AT;
  #seq = 0;
  #payloads = 0;
  #bytes = 0;

  constructor(dir: string, schema: SchemaVersion, random: Random) {
    if (existsSync(join(dir, 'manifest.json'))) throw new Error(`${dir} already holds a bundle`);
    mkdirSync(join(dir, 'payloads'), { recursive: true });
    this.#dir = dir;
    this.#schema = schema;
    this.#random = random;
    this.rootThreadId = random.uuid(STARTED_AT);
    this.#traceId = random.uuid(STARTED_AT);
    this.#writeFile('manifest.json', pretty(this.#manifest()));
    this.#log = openSync(join(dir, 'trace.jsonl'), 'w');
    this.event(null, 'rollout_started', { trace_id: this.#traceId, root_thread_id: this.rootThreadId });
  }

  get now(): number {
    return this.#clock;
  }

  get events(): number {
    return this.#seq;
  }

  get payloads(): number {
    return this.#payloads;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Writes a payload file and returns the reference that an event carries. */
  payload(kind: string, value: Json): JsonObject {
    return this.printedPayload(kind, pretty(value));
  }

  /** The same for a payload that is text already, as requests are. */
  printedPayload(kind: string, text: string): JsonObject {
    this.#payloads += 1;
    const path = `payloads/${this.#payloads}.json`;
    this.#writeFile(path, text);
    return { raw_payload_id: `raw_payload:${this.#payloads}`, kind: { type: kind }, path };
  }

  event(context: EventContext | null, type: string, fields: JsonObject): void {
    this.#clock += this.#random.integer(0, 40);
    this.#seq += 1;
    const envelope: JsonObject = {
      schema_version: this.#schema,
      seq: this.#seq,
      wall_time_unix_ms: this.#clock,
      rollout_id: this.rootThreadId,
      thread_id: context?.threadId ?? null,
      codex_turn_id: context?.turnId ?? null,
      payload: { type, ...fields },
    };
    this.#lines.push(`${JSON.stringify(envelope)}\n`);
    if (this.#lines.length >= LINES_PER_WRITE) this.#flush();
  }

  /** A protocol event: recorded for the reader's sake, it stands outside every thread. */
  protocolEvent(type: string, fields: JsonObject): void {
    const payload = this.payload('protocol_event', { type, ...fields });
    this.event(null, 'protocol_event_observed', { event_type: type, event_payload: payload });
  }

  /** Leaves the log as it is, torn off: also the way out after a failure. */
  close(): void {
    this.#flush();
    closeSync(this.#log);
  }

  #flush(): void {
    const block = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.#bytes += block.length;
    for (let written = 0; written < block.length;) written += writeSync(this.#log, block, written);
  }

  #writeFile(path: string, text: string): void {
    // Encoded once for both uses: counting and writing hundreds of megabytes apart would double the cost.
    const content = Buffer.from(text);
    this.#bytes += content.length;
    writeFileSync(join(this.#dir, path), content);
  }

  #manifest(): JsonObject {
    return {
      schema_version: this.#schema,
      trace_id: this.#traceId,
      rollout_id: this.rootThreadId,
      root_thread_id: this.rootThreadId,
      started_at_unix_ms: STARTED_AT,
      raw_event_log: 'trace.jsonl',
      payloads_dir: 'payloads',
    };
  }
}
