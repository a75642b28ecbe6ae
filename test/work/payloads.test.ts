import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { liveReplay } from '../../src/live-replay.js';
import { payloadRefs } from '../../src/model/event-payloads.js';
import type { RawEventBody } from '../../src/model/raw-event.js';
import { lookedAt, type Burst } from '../../src/streams/bursts.js';
import { openInMemory, type OpenedBundle } from '../fuzz/bundle.js';
import { reduceInMemory } from '../helpers/cascade.js';
import { countingStore, generatedFiles } from './counting.js';

const modes = ['full', 'incremental'] as const;
const session = (schema: 1 | 2, mode: 'full' | 'incremental'): OpenedBundle =>
  openInMemory(generatedFiles({ schema, mode, events: 400, compactEvery: 4, cellShare: 0.2 }));

const bodiesOf = ({ entries }: OpenedBundle): readonly RawEventBody[] =>
  entries.flatMap((entry) => (entry.type === 'event' ? [entry.event.payload] : []));
const pathsOf = (bodies: readonly RawEventBody[]): readonly string[] =>
  bodies.flatMap((body) => payloadRefs(body).map(({ path }) => path)).toSorted();

const openedBy = (bundle: OpenedBundle): readonly string[] => {
  const { opened, store } = countingStore(bundle.payloads);
  expect(reduceInMemory({ ...bundle, payloads: store }, { strict: true }).diagnostics).toEqual([]);
  return opened.toSorted();
};

/** Whether anything of the graph comes from the payloads of an event, by the format of schema 1. */
const isNeeded = (bodies: readonly RawEventBody[]): ((body: RawEventBody) => boolean) => {
  const kinds = new Map(
    bodies.flatMap((body) =>
      body.type === 'tool_call_started' ? [[body.tool_call_id, body.kind.type]] : [],
    ),
  );
  return (body) => {
    switch (body.type) {
      case 'protocol_event_observed':
      case 'agent_result_observed':
      case 'compaction_request_started':
      case 'compaction_request_completed':
      case 'code_cell_initial_response':
      case 'code_cell_ended':
        return false;
      // The runtime tells of a command what its result would.
      case 'tool_call_ended':
        return kinds.get(body.tool_call_id) === 'write_stdin';
      case 'tool_call_runtime_started':
        return kinds.get(body.tool_call_id) === 'exec_command';
      default:
        return true;
    }
  };
};

describe.each(modes)('a session with %s requests', (mode) => {
  it('opens the payloads that a step needs, once, and no other', () => {
    const bundle = session(1, mode);
    const bodies = bodiesOf(bundle);
    const needed = pathsOf(bodies.filter(isNeeded(bodies)));
    expect(openedBy(bundle)).toEqual(needed);
    expect(needed.length).toBeLessThan(pathsOf(bodies).length);
  });

  it('opens everything once, where the recorder vouches for it', () => {
    const bundle = session(2, mode);
    expect(openedBy(bundle)).toEqual(pathsOf(bodiesOf(bundle)));
  });
});

it.each([1, 2] as const)('opens the payloads of one more event and no others, in schema %i', (schema) => {
  const { entries, manifest, payloads } = session(schema, 'full');
  const { opened, store } = countingStore(payloads);
  const bursts$ = new Subject<Burst>();
  liveReplay(bursts$, manifest).subscribe();
  for (const entry of entries) {
    opened.length = 0;
    bursts$.next(lookedAt([entry], store));
    const own = entry.type === 'event' ? pathsOf([entry.event.payload]) : [];
    expect(own).toEqual(expect.arrayContaining(opened));
    expect(opened.length).toBeLessThanOrEqual(own.length);
  }
});
