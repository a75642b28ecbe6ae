import { LOG_FILE, MANIFEST_FILE } from '../model/files.js';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { namesIn } from '../node/names-in.js';
import { Failure } from './failure.js';

/** Why a path cannot be a bundle; undefined where it has a manifest. */
export const explainNoBundle = (given: string): Failure | undefined => {
  if (isBundle(given)) return undefined;
  if (!existsSync(given)) return new Failure(`${given} does not exist`, WHAT_IT_IS);
  if (!statSync(given).isDirectory()) return new Failure(`${given} is a file, not a bundle`, hintAt(given));
  return new Failure(`${given} is not a bundle: it has no ${MANIFEST_FILE}`, hintAt(given));
};

/** Why no bundle can appear at a path or in it; undefined where one can, or is there. */
export const explainNoBundleToCome = (given: string): Failure | undefined => {
  if (!existsSync(given)) return undefined;
  if (!statSync(given).isDirectory()) return new Failure(`${given} is a file, not a bundle`, hintAt(given));
  if (kindOf(given) !== 'unknown' || bundleAbove(given) === undefined) return undefined;
  return new Failure(`${given} is not a bundle: it has no ${MANIFEST_FILE}`, hintAt(given));
};

/** Whether a path is a bundle, or a folder of bundles; it may still become either. */
export const kindOf = (given: string): 'bundle' | 'root' | 'unknown' => {
  if (mayBeBundle(given)) return 'bundle';
  return bundlesIn(given).length > 0 ? 'root' : 'unknown';
};

/** The bundles that paths mean: a folder of bundles means all that are in it, by name. */
export const bundlesAt = (given: readonly string[]): readonly string[] =>
  given.flatMap((somewhere) => (kindOf(somewhere) === 'root' ? bundlesIn(somewhere) : [somewhere]));

const WHAT_IT_IS =
  'A bundle is a folder that Codex writes into the folder named by CODEX_ROLLOUT_TRACE_ROOT.';

const bundleAbove = (given: string): string | undefined => {
  const above = path.dirname(path.resolve(given));
  return isBundle(above) ? above : undefined;
};

const hintAt = (given: string): string => {
  const above = bundleAbove(given);
  if (above !== undefined) return `It is a part of this one: ${above}`;
  const inside = bundlesIn(given);
  return inside.length === 0 ? WHAT_IT_IS : `It is a folder of bundles, such as ${inside.at(-1)}`;
};

const isBundle = (folder: string): boolean => existsSync(path.join(folder, MANIFEST_FILE));

/** One that lost its manifest has to be told of, not left out. */
const mayBeBundle = (folder: string): boolean => isBundle(folder) || existsSync(path.join(folder, LOG_FILE));

const bundlesIn = (root: string): readonly string[] =>
  namesIn(root)
    .toSorted()
    .map((name) => path.join(root, name))
    .filter(mayBeBundle);
