import { distance } from 'fastest-levenshtein';
import { findObjects } from '../../answers/find-objects.js';
import { objectKey, type ObjectRef } from '../../answers/objects.js';
import { tableNames, type RolloutTrace, type TableName } from '../../model/rollout-trace.js';
import { Failure } from '../failure.js';
import { plainText } from '../plain-text.js';
import { kindWords, objectWords } from './object-words.js';

/** Candidates and suggestions that are shown. */
const SHOWN = 10;
const SUGGESTED = 3;

/**
 * The object that somebody names by its id, by the beginning of it, or by the path of an agent. A table before the
 * id, as in `tool_calls/call_1`, says which one is meant. Fails with what may be meant where none is, or several are.
 */
export const givenObject = (trace: RolloutTrace, given: string): ObjectRef => {
  const found = candidates(trace, given);
  const [only, ...others] = found;
  if (only === undefined) throw new Failure(`no object has the id ${given}`, suggestion(trace, given));
  if (others.length === 0) return only;
  const lines = found.slice(0, SHOWN).map((object) => {
    const name = others.some(({ id }) => id === only.id) ? objectKey(object) : object.id;
    return `${plainText(name)}  ${kindWords[object.table]}: ${objectWords(trace, object)}`;
  });
  const rest = found.length - SHOWN;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  throw new Failure(`${given} may be any of ${found.length}`, [...lines, ...more].join('\n'));
};

const candidates = (trace: RolloutTrace, given: string): readonly ObjectRef[] => {
  const agents = [...trace.threads.values()].filter(({ agent_path }) => agent_path === given);
  if (agents.length > 0) return agents.map(({ thread_id }) => ({ table: 'threads', id: thread_id }));
  const { table, id } = inTable(given);
  const found = findObjects(trace, id);
  return table === undefined ? found : found.filter((object) => object.table === table);
};

/** A table and the id behind it, where a table is named. */
const inTable = (given: string): { readonly table?: TableName; readonly id: string } => {
  const table = tableNames.find((name) => given.startsWith(`${name}/`));
  return table === undefined ? { id: given } : { table, id: given.slice(table.length + 1) };
};

/** What is nearest to an id, or to a path, that is not there: as a whole, or by its beginning. */
const suggestion = (trace: RolloutTrace, given: string): string => {
  const wanted = inTable(given);
  const text = wanted.id.toLowerCase();
  const tolerated = Math.max(1, Math.floor(text.length * 0.4));
  const near = tableNames
    .filter((table) => wanted.table === undefined || wanted.table === table)
    .flatMap((table) => trace[table].keys().map((id) => ({ table, id })))
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
  if (near.length === 0)
    return 'rollout-trace show without an id lists the agents; show of an agent leads to the rest.';
  const names = near.map(
    ({ object }) => `${plainText(object.id)}  ${kindWords[object.table]}: ${objectWords(trace, object)}`,
  );
  return ['Did you mean one of these?', ...names].join('\n');
};

/** By what a reader may have meant it. */
const namesOf = (trace: RolloutTrace, { table, id }: ObjectRef): readonly string[] => {
  const path = table === 'threads' ? trace.threads.get(id)?.agent_path : undefined;
  return (path === undefined ? [id] : [id, path]).map((name) => name.toLowerCase());
};
