import path from 'node:path';
import { Observable } from 'rxjs';
import { isTraceError } from '../../errors/trace-error.js';
import type { WireInteger } from '../../model/integers.js';
import { namesIn } from '../names-in.js';
import { openBundle } from '../open-bundle.js';
import { lookout } from './lookout.js';

/** A folder with a manifest. */
export interface FoundBundle {
  readonly directory: string;
  /** Unix milliseconds. */
  readonly startedAt: WireInteger;
}

/**
 * The bundles of a trace root, the oldest first, and then those that appear: each once, in lists as they are
 * found together. A folder is no bundle as long as its manifest cannot be read. Never completes.
 */
export const findBundles = (root: string, pollMs: number): Observable<readonly FoundBundle[]> =>
  new Observable((subscriber) => {
    const known = new Set<string>();
    const look = (): number => {
      const found = bundlesNamed(
        root,
        namesIn(root).filter((name) => !known.has(name)),
      );
      for (const { directory } of found) known.add(path.basename(directory));
      if (found.length > 0) subscriber.next(found);
      return pollMs;
    };
    return lookout(root, look, (error) => subscriber.error(error));
  });

/** The bundle of a trace root that began last; undefined where it has none. */
export const newestBundle = (root: string): string | undefined =>
  bundlesNamed(root, namesIn(root)).at(-1)?.directory;

const bundlesNamed = (root: string, names: readonly string[]): readonly FoundBundle[] =>
  names
    .map((name) => bundleAt(path.join(root, name)))
    .filter((bundle) => bundle !== undefined)
    .toSorted(byAge);

/** By the time in the manifest: a copied folder has a new time of its own, and names hold random ids. */
export const byAge = (a: FoundBundle, b: FoundBundle): number => {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.directory < b.directory ? -1 : 1;
};

const bundleAt = (directory: string): FoundBundle | undefined => {
  try {
    return { directory, startedAt: openBundle(directory).manifest.started_at_unix_ms };
  } catch (error) {
    if (isTraceError(error)) return undefined;
    throw error;
  }
};
