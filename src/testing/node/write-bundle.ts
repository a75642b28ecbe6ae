import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LOG_FILE, MANIFEST_FILE } from '../../model/files.js';
import type { SessionBundle } from '../bundle.js';

/**
 * Writes a bundle into a folder, which is made where it is missing: a recording as Codex leaves it. Throws what
 * the file system throws.
 */
export const writeBundle = (directory: string, { manifest, events, payloads }: SessionBundle): void => {
  mkdirSync(path.join(directory, 'payloads'), { recursive: true });
  writeFileSync(path.join(directory, MANIFEST_FILE), JSON.stringify(manifest));
  const lines = events.map((event) => `${JSON.stringify(event)}\n`);
  writeFileSync(path.join(directory, LOG_FILE), lines.join(''));
  for (const [file, text] of payloads) writeFileSync(path.join(directory, file), text);
};
