export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** Thread and turn of an event; null for what stands outside of every thread. */
export type Place = { readonly thread: string; readonly turn: string } | null;

const STARTED_AT = Date.UTC(2026, 2, 30, 7, 15);

/** Records a bundle in memory, as Codex writes one: payloads first, then the event that names them. */
export class Recorder {
  readonly #ids: { readonly trace: string; readonly root: string };
  readonly #lines: string[] = [];
  readonly #payloads: [file: string, text: string][] = [];
  #clock = STARTED_AT;

  constructor(ids: { readonly trace: string; readonly root: string }) {
    this.#ids = ids;
    this.event(null, 'rollout_started', { trace_id: ids.trace, root_thread_id: ids.root });
  }

  /** Unix milliseconds of the last event. */
  get now(): number {
    return this.#clock;
  }

  /** Time passes without an event. */
  wait(milliseconds: number): void {
    this.#clock += milliseconds;
  }

  payload(kind: string, value: Json): JsonObject {
    const number = this.#payloads.length + 1;
    const path = `payloads/${number}.json`;
    this.#payloads.push([path, JSON.stringify(value, null, 2)]);
    return { raw_payload_id: `raw_payload:${number}`, kind: { type: kind }, path };
  }

  event(place: Place, type: string, fields: JsonObject): void {
    this.wait(20);
    const line = {
      schema_version: 1,
      seq: this.#lines.length + 1,
      wall_time_unix_ms: this.#clock,
      rollout_id: this.#ids.root,
      thread_id: place?.thread ?? null,
      codex_turn_id: place?.turn ?? null,
      payload: { type, ...fields },
    };
    this.#lines.push(`${JSON.stringify(line)}\n`);
  }

  /** An event of the protocol between Codex and its client. */
  protocol(type: string, fields: JsonObject): void {
    const event_payload = this.payload('protocol_event', { type, ...fields });
    this.event(null, 'protocol_event_observed', { event_type: type, event_payload });
  }

  /** The text of every file, by its path in the bundle. */
  files(): ReadonlyMap<string, string> {
    const manifest = {
      schema_version: 1,
      trace_id: this.#ids.trace,
      rollout_id: this.#ids.root,
      root_thread_id: this.#ids.root,
      started_at_unix_ms: STARTED_AT,
      raw_event_log: 'trace.jsonl',
      payloads_dir: 'payloads',
    };
    return new Map([
      ['manifest.json', JSON.stringify(manifest, null, 2)],
      ['trace.jsonl', this.#lines.join('')],
      ...this.#payloads,
    ]);
  }
}
