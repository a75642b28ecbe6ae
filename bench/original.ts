import type { SchemaVersion } from './generate/options.js';

/** Where the original is to be found. Each of its versions reads one schema alone. */
const ORIGINALS: Readonly<Record<SchemaVersion, string>> = { 1: 'CODEX_BIN', 2: 'CODEX_BIN_2' };

export function originalOf(schema: SchemaVersion): string | undefined {
  const binary = process.env[ORIGINALS[schema]];
  return binary === '' ? undefined : binary;
}
