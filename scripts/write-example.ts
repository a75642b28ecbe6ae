/** Writes the bundle in `examples/bundle` anew: `npx tsx scripts/write-example.ts`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { exampleSession } from './example/session.js';

const folder = new URL('../examples/bundle/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(new URL('payloads/', folder), { recursive: true });
for (const [file, text] of exampleSession()) writeFileSync(new URL(file, folder), text);
