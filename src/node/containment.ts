import { constants, lstatSync, openSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** A path or a link leads out of the folder. */
export class OutsideError extends Error {}

// O_NOFOLLOW is not there on Windows. A pipe must not block the open.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What recorders write, `name` or `folder/name`: nothing in it needs to be normalized. */
const PLAIN_PATH = /^(?:(\w+)\/)?\w+\.\w+$/;

/**
 * Opens files of a folder that nobody vouches for. No path and no link leads out of it: opening one that
 * does throws {@link OutsideError}; other failures are errors of the system.
 */
export const containedOpen = (directory: string): ((relative: string) => number) => {
  const root = realpathSync(directory);
  /** Folders below the root that were seen to lie in it. */
  const known = new Map<string, boolean>();

  const isInside = (absolute: string): boolean => {
    const relative = path.relative(root, absolute);
    return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  };
  const folderIsInside = (folder: string): boolean => {
    const inside = known.get(folder) ?? isInside(realpathSync(path.join(root, folder)));
    known.set(folder, inside);
    return inside;
  };
  const resolve = (relative: string): string => {
    const plain = PLAIN_PATH.exec(relative);
    if (plain && folderIsInside(plain[1] ?? '.')) return `${root}${path.sep}${relative}`;
    const normal = path.normalize(relative);
    const absolute = path.join(root, normal);
    if (path.isAbsolute(relative) || !isInside(absolute) || !folderIsInside(path.dirname(normal))) {
      throw new OutsideError();
    }
    // A shorter path forgets what the system insists on: that what stands before a `/` is a folder.
    if (normal !== relative) lstatSync(`${root}${path.sep}${relative}`);
    return absolute;
  };

  return (relative) => {
    const absolute = resolve(relative);
    try {
      return openSync(absolute, FLAGS);
    } catch (error) {
      if (!isLinkError(error)) throw error;
      const real = realpathSync(absolute);
      if (!isInside(real)) throw new OutsideError();
      return openSync(real, FLAGS);
    }
  };
};

/** The last part of the path is a symbolic link. */
const isLinkError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ELOOP';
