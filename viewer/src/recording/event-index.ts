/** What a list of events shows of one. */
export interface EventBrief {
  /** Place in the log, from 1. */
  readonly number: number;
  /** As it is written; empty for a line that is no event. */
  readonly seq: string;
  /** Unix milliseconds. */
  readonly time: number | null;
  readonly type: string;
  readonly thread: string | null;
  /** How it says that something stands; null where it says of nothing that. */
  readonly status: string | null;
  /** Ids of what the event is about. */
  readonly ids: readonly string[];
  /** Paths of the payloads that it names, by their ids. */
  readonly payloads: ReadonlyMap<string, string>;
}

/** The raw events, and which of them name an id. */
export interface EventIndex {
  readonly length: number;
  add(line: string, event: unknown): void;
  /** The text of an event, by its number from 1. */
  line(number: number): string | undefined;
  brief(number: number): EventBrief | undefined;
  /** The time of an event, or of the last one before it that has any; null where none has. */
  timeOf(number: number): number | null;
  /** Numbers of the events that name an id, rising. */
  naming(id: string): readonly number[];
  /** The number of the event with this seq; 0 where there is none. */
  numberOf(seq: number | bigint): number;
  /** The path of a payload, by its id. */
  pathOf(payloadId: string): string | undefined;
}

export const eventIndex = (): EventIndex => {
  const lines: string[] = [];
  const briefs: EventBrief[] = [];
  const times: (number | null)[] = [];
  const byId = new Map<string, number[]>();
  const bySeq = new Map<string, number>();
  const paths = new Map<string, string>();
  return {
    get length() {
      return lines.length;
    },
    add(line, event) {
      const number = lines.push(line);
      const brief = briefOf(event, number);
      briefs.push(brief);
      times.push(brief.time ?? times.at(-1) ?? null);
      bySeq.set(brief.seq, number);
      for (const [id, path] of brief.payloads) paths.set(id, path);
      for (const id of new Set([...brief.ids, ...brief.payloads.keys()])) {
        const known = byId.get(id);
        if (known) known.push(number);
        else byId.set(id, [number]);
      }
    },
    line: (number) => lines[number - 1],
    brief: (number) => briefs[number - 1],
    timeOf: (number) => times[number - 1] ?? null,
    naming: (id) => byId.get(id) ?? [],
    numberOf: (seq) => bySeq.get(String(seq)) ?? 0,
    pathOf: (id) => paths.get(id),
  };
};

const briefOf = (event: unknown, number: number): EventBrief => {
  const body = field(event, 'payload');
  const ids: string[] = [];
  const payloads = new Map<string, string>();
  collect(body, ids, payloads);
  const time = field(event, 'wall_time_unix_ms');
  const type = textIn(body, 'type');
  return {
    number,
    seq: String(field(event, 'seq') ?? ''),
    time: typeof time === 'number' ? time : null,
    type: type ?? 'no event',
    thread: textIn(event, 'thread_id'),
    status: textIn(body, 'status') ?? /_(completed|failed|cancelled)$/.exec(type ?? '')?.[1] ?? null,
    ids,
    payloads,
  };
};

const collect = (value: unknown, ids: string[], payloads: Map<string, string>): void => {
  if (Array.isArray(value)) for (const entry of value) collect(entry, ids, payloads);
  else if (typeof value === 'object' && value !== null) {
    const [id, path] = [field(value, 'raw_payload_id'), field(value, 'path')];
    if (typeof id === 'string' && typeof path === 'string') return void payloads.set(id, path);
    for (const [key, entry] of Object.entries(value)) {
      if (typeof entry === 'object') collect(entry, ids, payloads);
      else if (typeof entry === 'string' && key.endsWith('_id')) ids.push(entry);
    }
  }
};

const textIn = (value: unknown, key: string): string | null => {
  const found = field(value, key);
  return typeof found === 'string' ? found : null;
};

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
