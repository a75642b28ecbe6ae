import { distance } from 'fastest-levenshtein';
import { findObjects } from '../../answers/find-objects.js';
import { objectKey, type ObjectRef } from '../../answers/objects.js';
import { waitingObject } from '../../answers/waiting.js';
import { tableNames, type RolloutTrace, type TableName } from '../../model/rollout-trace.js';
import type { Reduction } from '../../streams/assemble.js';
import { Failure } from '../failure.js';
import { plainText } from '../plain-text.js';
import { kindWords, objectWords } from './object-words.js';

/** Candidates and suggestions that are shown. */
const SHOWN = 10;
const SUGGESTED = 3;

/** The number of the event that somebody names, as in `event:41`. */
export const givenEvent = (given: string): bigint | undefined => {
  const seq = /^event:(\d+)$/.exec(given)?.[1];
  return seq === undefined ? undefined : BigInt(seq);
};

/** Where an object is looked for: also among what waited in vain. */
type Known = Pick<Reduction, 'trace' | 'unresolved'>;

/**
 * The object that somebody names by its id, by the beginning of it, or by the path of an agent. A table before the
 * id, as in `tool_calls/call_1`, says which one is meant. Fails with what may be meant where none is, or several are.
 */
export const givenObject = (known: Known, given: string): ObjectRef => {
  const found = candidates(known, given);
  const [only, ...others] = found;
  if (only === undefined && givenEvent(given) !== undefined) {
    throw new Failure(`${given} is an event, not an object`, 'rollout-trace show prints it.');
  }
  if (only === undefined) throw new Failure(`no object has the id ${given}`, suggestion(known, given));
  if (others.length === 0) return only;
  const lines = found.slice(0, SHOWN).map((object) => {
    const name = others.some(({ id }) => id === only.id) ? objectKey(object) : object.id;
    return `${plainText(name)}  ${wordsOf(known, object)}`;
  });
  const rest = found.length - SHOWN;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  throw new Failure(`${given} may be any of ${found.length}`, [...lines, ...more].join('\n'));
};

const wordsOf = ({ trace }: Known, object: ObjectRef): string => {
  const isThere = trace[object.table].has(object.id);
  return `${kindWords[object.table]}: ${isThere ? objectWords(trace, object) : 'never resolved'}`;
};

const candidates = ({ trace, unresolved }: Known, given: string): readonly ObjectRef[] => {
  const agents = [...trace.threads.values()].filter(({ agent_path }) => agent_path === given);
  if (agents.length > 0) return agents.map(({ thread_id }) => ({ table: 'threads', id: thread_id }));
  const { table, id } = inTable(given);
  const waiting = unresolved.map(waitingObject).filter((object) => object.id.startsWith(id));
  const either = [...findObjects(trace, id), ...waiting];
  const exact = either.filter((object) => object.id === id);
  const found = exact.length > 0 ? exact : either;
  return table === undefined ? found : found.filter((object) => object.table === table);
};

/** A table and the id behind it, where a table is named. */
const inTable = (given: string): { readonly table?: TableName; readonly id: string } => {
  const table = tableNames.find((name) => given.startsWith(`${name}/`));
  return table === undefined ? { id: given } : { table, id: given.slice(table.length + 1) };
};

/** What is nearest to an id, or to a path, that is not there: as a whole, or by its beginning. */
const suggestion = (known: Known, given: string): string => {
  const { trace, unresolved } = known;
  const wanted = inTable(given);
  const text = wanted.id.toLowerCase();
  const tolerated = Math.max(1, Math.floor(text.length * 0.4));
  const inTables = tableNames.flatMap((table) => trace[table].keys().map((id): ObjectRef => ({ table, id })));
  const near = [...inTables, ...unresolved.map(waitingObject)]
    .filter(({ table }) => wanted.table === undefined || wanted.table === table)
    .map((object) => {
      const distances = namesOf(trace, object).flatMap((name) => [
        distance(text, name),
        distance(text, name.slice(0, text.length)) + 0.5,
      ]);
      return { object, far: Math.min(...distances) };
    })
    .filter(({ far }) => far <= tolerated)
    .toSorted((a, b) => a.far - b.far)
    .slice(0, SUGGESTED);
  if (/^\d+$/.test(given)) return `rollout-trace show prints the event with that seq as event:${given}.`;
  if (near.length === 0)
    return 'rollout-trace show without an id lists the agents; show of an agent leads to the rest.';
  const names = near.map(({ object }) => `${plainText(object.id)}  ${wordsOf(known, object)}`);
  return ['Did you mean one of these?', ...names].join('\n');
};

/** By what a reader may have meant it. */
const namesOf = (trace: RolloutTrace, { table, id }: ObjectRef): readonly string[] => {
  const path = table === 'threads' ? trace.threads.get(id)?.agent_path : undefined;
  return (path === undefined ? [id] : [id, path]).map((name) => name.toLowerCase());
};
