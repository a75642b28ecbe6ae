import { statSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

export interface FolderWatch {
  /** Follows the folder where it appeared, went away or is another one since it was watched last. */
  renew(): void;
  close(): void;
}

/**
 * Calls `changed` when something happens in a folder; while it is not there, in the nearest one above it. The
 * system may have no watcher to give, and some file systems say nothing: whoever watches also looks by time.
 */
export const watchFolder = (directory: string, changed: () => void): FolderWatch => {
  const wanted = path.resolve(directory);
  let watcher: FSWatcher | undefined;
  let watched: string | undefined;

  const close = (): void => {
    watcher?.close();
    watcher = undefined;
  };
  const renew = (): void => {
    const { folder, identity } = nearestFolder(wanted);
    if (identity === watched) return;
    close();
    watched = identity;
    const heard = (): void => {
      if (folder !== wanted) renew();
      changed();
    };
    try {
      watcher = watch(folder, heard).on('error', close);
    } catch {
      // It went away, or the system has no more watchers.
    }
  };
  return { renew, close };
};

const nearestFolder = (absolute: string): { readonly folder: string; readonly identity: string } => {
  for (let folder = absolute; ; folder = path.dirname(folder)) {
    const identity = folderIdentity(folder);
    if (identity !== undefined || folder === path.dirname(folder)) {
      return { folder, identity: `${folder} ${identity}` };
    }
  }
};

const folderIdentity = (folder: string): string | undefined => {
  try {
    const { dev, ino } = statSync(folder);
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
};
