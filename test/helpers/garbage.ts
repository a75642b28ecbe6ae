import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Frees what nobody holds any more. */
export const collectGarbage = runInNewContext('gc') as () => void;

/** How many of these somebody still holds. */
export const held = async (references: readonly WeakRef<object>[]): Promise<number> => {
  // What a weak reference was made of stays until the turn of the event loop has ended.
  await setImmediate();
  collectGarbage();
  return references.filter((reference) => reference.deref() !== undefined).length;
};
