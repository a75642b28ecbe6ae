// The least that any reader of a bundle has to do, as a measure for ours:
//   node bench/floor.mjs read BUNDLE     reads every file
//   node bench/floor.mjs parse BUNDLE    reads every file and parses every line and every payload
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [what, bundle] = process.argv.slice(2);
if ((what !== 'read' && what !== 'parse') || bundle === undefined) {
  console.error('usage: node bench/floor.mjs read|parse BUNDLE');
  process.exit(2);
}

const payloads = join(bundle, 'payloads');
const documents = [
  join(bundle, 'manifest.json'),
  ...readdirSync(payloads).map((name) => join(payloads, name)),
];
const log = join(bundle, 'trace.jsonl');

if (what === 'read') {
  for (const file of [log, ...documents]) readFileSync(file);
} else {
  for (const line of readFileSync(log, 'utf8').split('\n')) if (line !== '') JSON.parse(line);
  for (const file of documents) JSON.parse(readFileSync(file, 'utf8'));
}
