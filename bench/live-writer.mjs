// Plays a bundle: writes it again, event by event, as its recorder did. The arguments are the bundle, the
// folder of the copy, and the events in a second. Prints when each line was about to be appended, in
// nanoseconds of the clock that all processes of a machine share, as a JSON list.
import { appendFileSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [from = '', to = '', rate = ''] = process.argv.slice(2);
const log = path.join(to, 'trace.jsonl');
mkdirSync(path.join(to, 'payloads'), { recursive: true });
copyFileSync(path.join(from, 'manifest.json'), path.join(to, 'manifest.json'));

const lines = readFileSync(path.join(from, 'trace.jsonl'), 'utf8')
  .split(/(?<=\n)/)
  .map((line) => ({ line, payloads: line.match(/payloads\/\d+\.json/g) ?? [] }));
const times = [];
const start = performance.now();
for (const [index, { line, payloads }] of lines.entries()) {
  const early = start + (index * 1000) / Number(rate) - performance.now();
  if (early > 0) await sleep(early);
  for (const file of payloads) copyFileSync(path.join(from, file), path.join(to, file));
  times.push(Number(process.hrtime.bigint()));
  appendFileSync(log, line);
}
console.log(JSON.stringify(times));
