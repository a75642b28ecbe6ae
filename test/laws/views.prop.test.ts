import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { defineProjection, payloadValue, reduceLive, type Viewed } from '../../src/index.js';
import { traceFactTypes, type TraceFact, type TraceFactType } from '../../src/facts/trace-fact.js';
import { rawEventTypes } from '../../src/model/raw-event.js';
import { replay } from '../../src/replay.js';
import { evolveView } from '../../src/views/evolve-views.js';
import type { OpenedBundle } from '../fuzz/bundle.js';
import { factsOf, printed, reduceInMemory } from '../helpers/cascade.js';
import { eventsOf, textOf } from '../helpers/own-events.js';
import { anyMutant, holdsFor, holdsForAll, subjects } from './subjects.js';

// Every type that a projection may read: what a set of names cannot say.
const everyType = [...traceFactTypes] as readonly TraceFactType[];

/** Keeps all that it hears, payloads included: nothing can be kept that others would still change. */
const everything = defineProjection({
  reads: everyType,
  initial: () => ({ heard: [] as { fact: TraceFact; payload: unknown }[] }),
  step({ heard }, fact) {
    heard.push({ fact, payload: payloadValue('payload' in fact ? fact.payload : null) });
  },
});

/** Tools by their threads: a state that few facts change. */
const running = defineProjection({
  reads: ['tool_started', 'tool_ended'],
  initial: () => ({ threads: new Map<string, Set<string>>() }),
  step({ threads }, { type, thread_id, tool_call_id }) {
    const calls = threads.get(thread_id) ?? new Set();
    threads.set(thread_id, calls);
    if (type === 'tool_started') calls.add(tool_call_id);
    else calls.delete(tool_call_id);
  },
});
const projections = { everything, running };
type AllViews = Viewed<{
  everything: ReturnType<typeof everything.initial>;
  running: ReturnType<typeof running.initial>;
}>['views'];

/** What the projections come to as folds over the facts of a log. */
const folded = (opened: OpenedBundle) => {
  const facts = factsOf(opened);
  return {
    everything: facts.reduce((state, fact) => evolveView(everything, state, [fact]), everything.initial()),
    running: facts.reduce((state, fact) => evolveView(running, state, [fact]), running.initial()),
  };
};

const inStream = (opened: OpenedBundle) => {
  const seen: (AllViews & { readonly text: string })[] = [];
  replay(from(opened.entries), { ...opened, strict: false }, projections).subscribe((reduction) => {
    seen.push({ ...reduction.views, text: printed(reduction) });
  });
  return seen;
};

const live = (opened: OpenedBundle): readonly AllViews[] => {
  const seen: AllViews[] = [];
  reduceLive(from(eventsOf(opened)), opened.manifest, { payloads: opened.payloads, projections }).subscribe(
    ({ views }) => void seen.push(views),
  );
  return seen;
};

describe('a projection of a user', () => {
  it('says in the stream what its fold says, and leaves the graph as it is', () => {
    holdsForAll(
      ({ opened }) => {
        const [views, ...more] = inStream(opened);
        expect(more).toEqual([]);
        const fold = folded(opened);
        expect(textOf(views?.everything)).toBe(textOf(fold.everything));
        expect(views?.running).toEqual(fold.running);
        expect(views?.text).toBe(printed(reduceInMemory(opened, { strict: false })));
      },
      { mutants: 100 },
    );
  });
});

describe('what a projection of a user hears', () => {
  const isEvent = ({ type }: { readonly type: string }): boolean =>
    rawEventTypes.some((known) => known === type);

  it('is an event, and behind it all that was learned of it; only the life of a code cell may wait', () => {
    holdsForAll(
      ({ opened }) => {
        let line = 0;
        for (const { fact } of inStream(opened)[0]?.everything.heard ?? []) {
          if (isEvent(fact)) line = fact.at.line;
          else if (!fact.type.startsWith('cell_'))
            expect(`${fact.type} ${fact.at.line}`).toBe(`${fact.type} ${line}`);
        }
      },
      { mutants: 50 },
    );
  });
});

/** Each view is the fold of the events so far, and another object only where that is another value. */
const holdsLive = (opened: OpenedBundle): void => {
  const seen = live(opened);
  expect(seen).toHaveLength(opened.entries.length);
  const texts = seen.map(({ running: { threads } }) => textOf(threads));
  seen.forEach((views, index) => {
    const fold = folded({ ...opened, entries: opened.entries.slice(0, index + 1) });
    expect(views.everything.heard.map(({ fact }) => fact.type)).toEqual(
      fold.everything.heard.map(({ fact }) => fact.type),
    );
    expect(texts[index]).toBe(textOf(fold.running.threads));
    const before = seen[index - 1];
    expect(views.running === before?.running).toBe(before !== undefined && texts[index] === texts[index - 1]);
  });
  expect(seen.map(({ running: { threads } }) => textOf(threads))).toEqual(texts);
};

describe('a view in a snapshot', () => {
  it('is the fold of the events so far, and stays the same object while it says the same', () => {
    const short = subjects.filter(({ opened }) => opened.entries.length <= 40);
    // Each prefix is folded anew, which takes its time.
    for (const { opened } of short.filter((_, index) => index % 3 === 0)) holdsLive(opened);
  });

  it('is so whatever is wrong with the recording', () => {
    holdsFor(anyMutant, ({ opened }) => holdsLive(opened), 40);
  });
});
