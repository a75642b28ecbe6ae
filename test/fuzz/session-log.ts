import { LOG_FILE, MANIFEST_FILE } from '../../src/model/files.js';
import type { Random } from '../../bench/generate/random.js';
import type { Bundle } from './bundle.js';
import type { SessionDialect } from './session-dialect.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** An agent of a random session; its turns are all open from the start. */
export interface Agent {
  readonly id: string;
  readonly path: string;
  readonly turns: readonly string[];
}

const threadId = (number: number): string => `00000000-0000-7000-8000-00000000000${number}`;

export const agents: readonly Agent[] = [
  { id: threadId(1), path: '/root', turns: ['u1', 'u2'] },
  { id: threadId(2), path: '/root/kid', turns: ['v1'] },
  { id: threadId(3), path: '/root/kid/pup', turns: ['w1'] },
];

/** A number in a spelling of its own, in a payload. */
export const spelled = (text: string): string => `number ${text}`;

const unquoteNumbers = (json: string): string => json.replaceAll(/"number ([^"]*)"/g, '$1');

/** Collects the events and payloads of one session. */
export class SessionLog {
  readonly #random: Random;
  readonly #dialect: Pick<SessionDialect, 'schema' | 'seq'>;
  readonly #lines: string[] = [];
  readonly #payloads = new Map<string, Buffer>();
  #seq = 0;
  #time = 1000;

  constructor(random: Random, dialect: Pick<SessionDialect, 'schema' | 'seq'>) {
    this.#random = random;
    this.#dialect = dialect;
  }

  event(agent: Agent | null, turn: string | null, payload: JsonObject): void {
    this.#seq += 1;
    // Times often agree, and sometimes go back.
    if (this.#random.chance(0.4)) this.#time += this.#random.integer(-3, 10);
    this.#lines.push(
      JSON.stringify({
        schema_version: this.#dialect.schema,
        seq: this.#dialect.seq(this.#random, this.#seq),
        wall_time_unix_ms: this.#time,
        rollout_id: 'rollout',
        thread_id: agent?.id ?? null,
        codex_turn_id: turn,
        payload,
      }),
    );
  }

  /** Adds a payload and gives the reference to it. */
  payload(kind: string, content: Json): JsonObject {
    const number = this.#payloads.size + 1;
    const path = `payloads/${number}.json`;
    this.#payloads.set(path, Buffer.from(unquoteNumbers(JSON.stringify(content))));
    return { raw_payload_id: `raw_payload:${number}`, kind: { type: kind }, path };
  }

  bundle(): Bundle {
    const manifest = {
      schema_version: this.#dialect.schema,
      trace_id: 'trace',
      rollout_id: 'rollout',
      root_thread_id: threadId(1),
      started_at_unix_ms: 1000,
      raw_event_log: LOG_FILE,
      payloads_dir: 'payloads',
    };
    const log = this.#lines.map((line) => `${line}\n`).join('');
    return new Map([
      [MANIFEST_FILE, Buffer.from(JSON.stringify(manifest))],
      [LOG_FILE, Buffer.from(log)],
      ...this.#payloads,
    ]);
  }
}
