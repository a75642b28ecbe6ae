import { readdirSync } from 'node:fs';
import { isSystemError } from './system-error.js';

/** What is in a folder; nothing where there is none, or it cannot be read. */
export const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
};
