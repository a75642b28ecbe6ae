import { MANIFEST_FILE } from '../model/files.js';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.js';

/** Why a path cannot be a bundle, and which one may be meant; undefined where it has a manifest. */
export const explainNoBundle = (given: string): Failure | undefined => {
  if (isBundle(given)) return undefined;
  if (!existsSync(given)) return new Failure(`${given} does not exist`, WHAT_IT_IS);
  const above = path.dirname(path.resolve(given));
  const aboveHint = isBundle(above) ? `It is a part of this one: ${above}` : WHAT_IT_IS;
  if (!statSync(given).isDirectory()) return new Failure(`${given} is a file, not a bundle`, aboveHint);
  const bundles = bundlesIn(given);
  const [newest] = bundles;
  const message = `${given} is not a bundle: it has no ${MANIFEST_FILE}`;
  if (newest === undefined) return new Failure(message, aboveHint);
  return new Failure(
    message,
    `It holds ${bundles.length === 1 ? 'one' : `${bundles.length}, the newest`}: ${newest}`,
  );
};

const WHAT_IT_IS =
  'A bundle is a folder that Codex writes into the folder named by CODEX_ROLLOUT_TRACE_ROOT.';

const isBundle = (folder: string): boolean => existsSync(path.join(folder, MANIFEST_FILE));

/** The bundles of a folder, the newest first. */
const bundlesIn = (root: string): string[] =>
  readdirSync(root)
    .map((name) => path.join(root, name))
    .filter(isBundle)
    .map((bundle) => ({ bundle, since: statSync(path.join(bundle, MANIFEST_FILE)).mtimeMs }))
    .toSorted((a, b) => b.since - a.since)
    .map(({ bundle }) => bundle);
