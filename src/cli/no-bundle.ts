import { LOG_FILE, MANIFEST_FILE } from '../model/files.js';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.js';

/** Why a path cannot be a bundle, and which one may be meant; undefined where it has a manifest. */
export const explainNoBundle = (given: string): Failure | undefined => {
  if (isBundle(given)) return undefined;
  if (!existsSync(given)) return new Failure(`${given} does not exist`, WHAT_IT_IS);
  if (!statSync(given).isDirectory()) return new Failure(`${given} is a file, not a bundle`, hintAt(given));
  const bundles = bundlesIn(given);
  const [newest] = bundles;
  const message = `${given} is not a bundle: it has no ${MANIFEST_FILE}`;
  if (newest === undefined) return new Failure(message, hintAt(given));
  return new Failure(
    message,
    `It holds ${bundles.length === 1 ? 'one' : `${bundles.length}, the newest`}: ${newest}`,
  );
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
  if (isBundle(given) || existsSync(path.join(given, LOG_FILE))) return 'bundle';
  return existsSync(given) && bundlesIn(given).length > 0 ? 'root' : 'unknown';
};

const WHAT_IT_IS =
  'A bundle is a folder that Codex writes into the folder named by CODEX_ROLLOUT_TRACE_ROOT.';

const bundleAbove = (given: string): string | undefined => {
  const above = path.dirname(path.resolve(given));
  return isBundle(above) ? above : undefined;
};

const hintAt = (given: string): string => {
  const above = bundleAbove(given);
  return above === undefined ? WHAT_IT_IS : `It is a part of this one: ${above}`;
};

const isBundle = (folder: string): boolean => existsSync(path.join(folder, MANIFEST_FILE));

/** The bundles of a folder, the newest first. */
const bundlesIn = (root: string): string[] =>
  readdirSync(root)
    .map((name) => path.join(root, name))
    .filter(isBundle)
    .map((bundle) => ({ bundle, since: statSync(path.join(bundle, MANIFEST_FILE)).mtimeMs }))
    .toSorted((a, b) => b.since - a.since)
    .map(({ bundle }) => bundle);
