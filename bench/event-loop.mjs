// For how long an embedder waits for its turn at the longest while a bundle is replayed and its state written:
//   node bench/event-loop.mjs BUNDLE OUTPUT
// Sends milliseconds to the process that forked it, or prints them.
import { replayBundle, writeState } from '../dist/node/index.js';

const [bundle = '', output = ''] = process.argv.slice(2);

const longestBlock = async (work) => {
  let last = performance.now();
  let longest = 0;
  let probe;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    probe = setImmediate(look);
  };
  probe = setImmediate(look);
  const result = await work();
  // The end of the work is a block of its own.
  await new Promise((resolve) => setImmediate(resolve));
  clearImmediate(probe);
  return { result, longest: Math.max(longest, performance.now() - last) };
};

const replayed = await longestBlock(() => replayBundle(bundle));
const written = await longestBlock(() => writeState(replayed.result.trace, output));
const blocks = { replay: replayed.longest, write: written.longest };
if (process.send) process.send(blocks);
else console.log(blocks);
