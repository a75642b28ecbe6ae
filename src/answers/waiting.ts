import type { RolloutTrace } from '../model/rollout-trace.js';
import type { Unresolved } from '../model/unresolved.js';
import type { Link } from './links.js';
import { anchored, isSameObject, objectKey, threadOf, type ObjectRef } from './objects.js';

/** What waited in vain, as the object that it would be: no table has it. */
export const waitingObject = ({ kind, entity }: Unresolved): ObjectRef => ({
  table: kind === 'code_cell' ? 'code_cells' : 'interaction_edges',
  id: entity,
});

/** That it comes from somewhere is all that is known of what waited in vain. */
export const originOf = (waiting: Unresolved): Link => ({
  relation: waiting.kind === 'code_cell' ? 'thread_id' : 'source',
  from: anchored(waiting.source),
  to: waitingObject(waiting),
});

/**
 * What waited in vain and has to do with an object: it is that itself, comes from it or from a part of it, should
 * have been seen by it, or is what it names and the trace has not.
 */
export const waitingFor = (
  trace: RolloutTrace,
  object: ObjectRef,
  missing: readonly Link[],
  unresolved: readonly Unresolved[],
): readonly Unresolved[] => {
  const named = new Set(missing.flatMap(({ from, to }) => [objectKey(from), objectKey(to)]));
  return unresolved.filter((waiting) => {
    const source = anchored(waiting.source);
    const near = [source, threadObject(threadOf(trace, source)), threadObject(waiting.thread_id)];
    return (
      named.has(objectKey(waitingObject(waiting))) ||
      [waitingObject(waiting), ...near].some((each) => isSameObject(each, object))
    );
  });
};

const threadObject = (id: string | null): ObjectRef => ({ table: 'threads', id: id ?? '' });
