import fc from 'fast-check';
import { from, lastValueFrom } from 'rxjs';
import { expect, it } from 'vitest';
import {
  explain,
  glance,
  memoryPayloadStore,
  movingReferences,
  reduceEvents,
  referencesOf,
  transcriptOf,
  type Link,
  type ObjectRef,
  type References,
  type RolloutTrace,
} from '../../src/index.js';
import { historyReplay } from '../../src/history-replay.js';
import { tableNames } from '../../src/model/rollout-trace.js';
import { bundleOf, sessions } from '../../src/testing/index.js';
import { reduceInMemory } from '../helpers/cascade.js';
import { referencesByRow } from './references.js';
import { holdsForAll, subjects, type Subject } from './subjects.js';

const traceOf = ({ opened }: Subject): RolloutTrace => reduceInMemory(opened, { strict: false }).trace;

const objectsOf = (trace: RolloutTrace): readonly ObjectRef[] =>
  tableNames.flatMap((table) => trace[table].keys().map((id) => ({ table, id })));

const key = ({ table, id }: ObjectRef): string => `${table}/${id}`;
const text = (link: Link): string => `${key(link.from)} ${link.relation} ${key(link.to)}`;
const pair = (link: Pick<Link, 'from' | 'to'>): string => `${key(link.from)} ${key(link.to)}`;

/** All links, as their causes have them. */
const linksOf = (references: References): readonly Link[] =>
  objectsOf(references.trace).flatMap((object) => references.effectsOf(object));

/** Checks a law on every case, on mutants of them, and on sessions of both schemas. */
const holdsForTraces = async (law: (trace: RolloutTrace) => void): Promise<void> => {
  holdsForAll((subject) => law(traceOf(subject)), { mutants: 60 });
  for (const schema of [1, 2] as const) {
    const inSession = fc.asyncProperty(sessions({ schema }), async (session) => {
      const { manifest, events, payloads } = bundleOf(session);
      const options = { payloads: memoryPayloadStore(payloads) };
      const { trace } = await reduceEvents(from(events), manifest, options);
      law(trace);
    });
    await fc.assert(inSession, { seed: 1, numRuns: 30 });
  }
};

it('explains every object, by statements between objects of the trace', async () => {
  await holdsForTraces((trace) => {
    const references = referencesOf(trace);
    const unexplained: string[] = [];
    const loose: string[] = [];
    for (const object of objectsOf(trace)) {
      const explanation = explain(references, object);
      if (!explanation) unexplained.push(key(object));
      const said = [explanation?.lineage, explanation?.causes, explanation?.effects].flatMap(
        (list) => list ?? [],
      );
      const ends = said.flatMap((statement) => [statement.from, statement.to]);
      loose.push(...ends.filter(({ table, id }) => !trace[table].has(id)).map(key));
    }
    expect({ unexplained, loose }).toEqual({ unexplained: [], loose: [] });
  });
});

it('says at any moment of a history what is said of that moment alone', async () => {
  const saidIn = (references: References) =>
    objectsOf(references.trace).map((object) => [
      references.causesOf(object).map(text),
      references.effectsOf(object).map(text),
    ]);
  for (const { opened, name } of subjects.filter(({ opened: { entries } }) => entries.length <= 60)) {
    const history = await lastValueFrom(historyReplay(from(opened.entries), opened, { every: 7 }));
    const moving = movingReferences();
    const end = history.length;
    const moments = [0, end, end - 1, end >> 1, (end >> 1) + 1, 1, end].map((at) =>
      Math.min(end, Math.max(0, at)),
    );
    const given = moments.map((at) => moving(history.after(at).trace));
    for (const [place, at] of moments.entries()) {
      const alone = saidIn(referencesOf(history.after(at).trace));
      expect(saidIn(moving(history.after(at).trace)), `${name}, ${at}`).toEqual(alone);
      expect(given[place] && saidIn(given[place]), `${name}, ${at} again`).toEqual(alone);
    }
  }
});

it('says of an effect what it says of its cause', async () => {
  await holdsForTraces((trace) => {
    const references = referencesOf(trace);
    const forth = linksOf(references).map(text);
    const back = objectsOf(trace).flatMap((object) => references.causesOf(object).map(text));
    expect(back.toSorted()).toEqual(forth.toSorted());
  });
});

it('leads from an object back to the beginning, link by link and never in a circle', async () => {
  await holdsForTraces((trace) => {
    const references = referencesOf(trace);
    const broken = objectsOf(trace).filter((object) => {
      const lineage = explain(references, object)?.lineage ?? [];
      const effects = lineage.map((link) => key(link.to));
      const causes = lineage.map((link) => key(link.from));
      const whole = [key(object), ...causes];
      const isChain = effects.join('\n') === whole.slice(0, effects.length).join('\n');
      return !isChain || new Set(whole).size < whole.length;
    });
    expect(broken).toEqual([]);
  });
});

it('tells every reference of a row: to a thread also by way of a turn, to what is missing as missing', async () => {
  await holdsForTraces((trace) => {
    const references = referencesOf(trace);
    const told = new Set(
      linksOf(references).flatMap((link) => [pair(link), pair({ from: link.to, to: link.from })]),
    );
    const untold = referencesByRow(trace).flatMap(([table, id, inRow]) => {
      const object = { table, id };
      const others = inRow
        .map((reference): ObjectRef => ({ table: reference.to, id: reference.id }))
        .filter((other) => other.table !== 'threads' && table !== 'threads')
        .filter((other) => !told.has(pair({ from: object, to: other })));
      if (others.length === 0) return [];
      const missing = explain(references, object)?.missing ?? [];
      const named = new Set(missing.flatMap((link) => [key(link.from), key(link.to)]));
      return others.map(key).filter((other) => !named.has(other));
    });
    expect(untold).toEqual([]);
  });
});

it('lists once what failed or never ended', async () => {
  await holdsForTraces((trace) => {
    const { counts } = glance(trace);
    const listed = [...counts.failed, ...counts.unfinished].map(key);
    expect(listed).toEqual([...new Set(listed)]);
  });
});

it('counts each call to the model once, in its thread and in all', async () => {
  await holdsForTraces((trace) => {
    const { threads, counts } = glance(trace);
    expect(counts.inference_calls).toBe(trace.inference_calls.size);
    expect(counts.tool_calls).toBe(trace.tool_calls.size);
    const input = [...trace.inference_calls.values()].reduce(
      (sum, { usage }) => sum + BigInt(usage?.input_tokens ?? 0),
      0n,
    );
    expect(BigInt(counts.usage.input_tokens)).toBe(input);
    expect(threads.map(({ thread_id }) => thread_id).toSorted()).toEqual(trace.threads.keys().toSorted());
    const inThreads = threads.reduce((sum, thread) => sum + thread.counts.inference_calls, 0);
    const strays = [...trace.inference_calls.values()].filter((call) => !trace.threads.has(call.thread_id));
    expect(inThreads + strays.length).toBe(counts.inference_calls);
  });
});

it('gives in a transcript all that a thread or a request has, in its order', async () => {
  await holdsForTraces((trace) => {
    const references = referencesOf(trace);
    const idsOf = (object: ObjectRef): readonly string[] =>
      transcriptOf(references, object)?.map(({ item }) => item.item_id) ?? [];
    for (const [id, { conversation_item_ids }] of trace.threads) {
      expect(idsOf({ table: 'threads', id })).toEqual(conversation_item_ids);
    }
    for (const [id, { request_item_ids, response_item_ids }] of trace.inference_calls) {
      expect(idsOf({ table: 'inference_calls', id })).toEqual([...request_item_ids, ...response_item_ids]);
    }
  });
});
