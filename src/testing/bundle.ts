import { payloadRef } from '../model/event-payloads.js';
import type { Manifest } from '../model/manifest.js';
import { LOG_FILE } from '../model/files.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import { play, rootThread, TRACE_ID } from './script/play.js';
import type { PlannedEvent } from './script/script.js';
import type { Session } from './session.js';

/** A recording in memory. */
export interface SessionBundle {
  readonly manifest: Manifest;
  /** The log: `seq` is 1, 2, 3, … */
  readonly events: readonly RawTraceEvent[];
  /** Texts by their path in the bundle: what `memoryPayloadStore` takes. */
  readonly payloads: ReadonlyMap<string, string>;
}

/** The events of a session that its recording has, in the order in which they are played. */
export const eventsOf = (session: Session): readonly PlannedEvent[] => recordingOf(session).events;

/**
 * Records a session. Each session gives the same bundle. `order`, from `interleavings`, puts its events into
 * another order; `seq` and times follow the place, all other ids stay with their event.
 */
export const bundleOf = (session: Session, order?: readonly number[]): SessionBundle => {
  const { events, payloads } = recordingOf(session);
  const places = order ?? [...events.keys()];
  const isOrder = new Set(places).size === events.length && places.every((place) => events[place]);
  if (!isOrder || places.length !== events.length) throw new RangeError('not an order of this session');
  return {
    manifest: {
      schema_version: session.schema,
      trace_id: TRACE_ID,
      rollout_id: ROLLOUT_ID,
      root_thread_id: rootThread,
      started_at_unix_ms: START,
      raw_event_log: LOG_FILE,
      payloads_dir: 'payloads',
    },
    events: places.flatMap((place, index) => {
      const event = events[place];
      return event ? [enveloped(event, session, index + 1)] : [];
    }),
    payloads,
  };
};

const ROLLOUT_ID = 'rollout';
/** Unix milliseconds. */
const START = 1000;

const enveloped = (
  { thread, turn, body }: PlannedEvent,
  { schema }: Session,
  seq: number,
): RawTraceEvent => ({
  schema_version: schema,
  seq,
  wall_time_unix_ms: START + 10 * seq,
  rollout_id: ROLLOUT_ID,
  thread_id: thread,
  codex_turn_id: turn,
  payload: body,
});

const recordingOf = (session: Session) => {
  const { events, payloads } = play(session);
  const recorded = events.slice(0, session.crashAfter ?? events.length);
  const named = new Set(recorded.map(({ body }) => payloadRef(body)?.path));
  return { events: recorded, payloads: new Map([...payloads].filter(([path]) => named.has(path))) };
};
