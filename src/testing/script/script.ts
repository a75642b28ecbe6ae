import type { RawPayloadKind, RawPayloadRef } from '../../model/payload-ref.js';
import type { RawEventBody, RawEventBodyOf, RawEventType } from '../../model/raw-event.js';
import type { SchemaVersion } from '../../model/schema-version.js';

/** An event before it has a place in the log. */
export interface PlannedEvent {
  readonly thread: string | null;
  readonly turn: string | null;
  readonly body: RawEventBody;
  /** Positions of the events without which this one could not happen. */
  readonly causes: readonly number[];
  /**
   * Positions of events that run beside this one, and that a graph tells from it by who came first. What
   * happened is the order in which they stand here.
   */
  readonly races: readonly number[];
}

/** Moments that something has to wait for: positions of events. */
export interface Moment {
  readonly causes: readonly number[];
  readonly races: readonly number[];
}

/** Who an event belongs to. */
export interface Context {
  readonly thread: { readonly id: string } | null;
  readonly turn: string | null;
}

export const nobody: Context = { thread: null, turn: null };
export const start: Moment = { causes: [], races: [] };

export const after = (...moments: readonly Moment[]): Moment => ({
  causes: [...new Set(moments.flatMap(({ causes }) => causes))],
  races: [...new Set(moments.flatMap(({ races }) => races))],
});

/** The same moment, where its coming first is not necessary but decides. */
export const raced = ({ causes, races }: Moment): Moment => ({ causes: [], races: [...causes, ...races] });

type Fields<T extends RawEventType> = Omit<Extract<RawEventBody<2>, { readonly type: T }>, 'type'>;
/** Schema 2 alone says at a runtime start what a tool is. */
type FieldsOf<T extends RawEventType> = T extends 'tool_call_runtime_started'
  ? Omit<RawEventBodyOf<T>, 'type'>
  : Fields<T>;

/** The events of a session in the order in which it was played, each with what it waits for. */
export class Script {
  readonly schema: SchemaVersion;
  readonly events: PlannedEvent[] = [];
  /** Texts by path. */
  readonly payloads = new Map<string, string>();
  readonly #counters = new Map<string, number>();

  constructor(schema: SchemaVersion) {
    this.schema = schema;
  }

  /** Adds an event. Gives the moment that it makes. */
  event<T extends RawEventType>(
    { thread, turn }: Context,
    type: T,
    fields: FieldsOf<T>,
    { causes, races }: Moment,
  ): Moment {
    // The fields belong to the type: a pairing that TypeScript cannot follow through the union.
    const body = { type, ...fields } as unknown as RawEventBody;
    this.events.push({ thread: thread?.id ?? null, turn, body, causes, races });
    return { causes: [this.events.length - 1], races: [] };
  }

  payload(type: RawPayloadKind, value: unknown): RawPayloadRef {
    const number = this.next('payload');
    const path = `payloads/${number}.json`;
    this.payloads.set(path, JSON.stringify(value));
    return { raw_payload_id: `raw_payload:${number}`, kind: { type }, path };
  }

  /** 1, 2, 3, … for each name. */
  next(name: string): number {
    const number = (this.#counters.get(name) ?? 0) + 1;
    this.#counters.set(name, number);
    return number;
  }
}
