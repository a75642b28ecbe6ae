import { distance } from 'fastest-levenshtein';
import { findObjects } from '../../answers/find-objects.js';
import { objectKey, type ObjectRef } from '../../answers/objects.js';
import { tableNames, type RolloutTrace } from '../../model/rollout-trace.js';
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
  const table = tableNames.find((name) => given.startsWith(`${name}/`));
  if (table === undefined) return findObjects(trace, given);
  return findObjects(trace, given.slice(table.length + 1)).filter((object) => object.table === table);
};

/** The ids that are nearest to one that is not there: as a whole, or to their beginnings. */
const suggestion = (trace: RolloutTrace, given: string): string => {
  const tolerated = Math.max(1, Math.floor(given.length * 0.4));
  const near = tableNames
    .flatMap((table) => trace[table].keys().map((id) => ({ table, id })))
    .map((object) => {
      const [whole, start] = [object.id, object.id.slice(0, given.length)].map((id) => distance(given, id));
      return { object, far: Math.min(whole ?? 0, (start ?? 0) + 0.5) };
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
