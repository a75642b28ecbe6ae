// Runs beside the fuzzer in a thread of its own, because nothing else can tell that the fuzzer hangs.
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { index, seconds } = workerData;
let last = -1;
let since = performance.now();

setInterval(() => {
  const now = Atomics.load(index, 0);
  if (now !== last) {
    last = now;
    since = performance.now();
  } else if (performance.now() - since > seconds * 1000) {
    writeSync(2, `mutant ${now} hangs\n`);
    process.kill(process.pid, 'SIGKILL');
  }
}, 250);
