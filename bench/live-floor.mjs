// The least that following a log costs: hears that its folder changed, and reads what was appended. The
// arguments are the folder and the number of lines. Prints when it had each line, as the writer does.
import { closeSync, openSync, readSync, watch } from 'node:fs';
import path from 'node:path';

const [folder = '', lines = ''] = process.argv.slice(2);
const NEWLINE = 0x0a;
const block = Buffer.alloc(1 << 16);
const times = [];
let offset = 0;

const watcher = watch(folder, read);
read();

function read() {
  let descriptor;
  try {
    descriptor = openSync(path.join(folder, 'trace.jsonl'));
  } catch {
    // It is not there yet.
    return;
  }
  for (let count; (count = readSync(descriptor, block, 0, block.length, offset)) > 0; offset += count) {
    const now = Number(process.hrtime.bigint());
    for (const byte of block.subarray(0, count)) if (byte === NEWLINE) times.push(now);
  }
  closeSync(descriptor);
  if (times.length < Number(lines)) return;
  watcher.close();
  console.log(JSON.stringify(times));
}
