import { statSync } from 'node:fs';
import path from 'node:path';
import { LOG_FILE } from '../model/files.js';
import { isSystemError } from '../node/system-error.js';

/** Bytes of the log of a bundle, with which the work on it grows; 0 where nothing can be said. */
export const logSize = (bundle: string): number => {
  try {
    return statSync(path.join(bundle, LOG_FILE)).size;
  } catch (error) {
    if (isSystemError(error)) return 0;
    throw error;
  }
};
