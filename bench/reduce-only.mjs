// Reduces a bundle as the command does and prints nothing, so that printing can be told apart from the work
// before it. Without a bundle it only loads the modules: that is the start-up which growth is measured without.
import { replayWatched } from '../dist/cli/replay-watched.js';

const [bundle] = process.argv.slice(2);
if (bundle !== undefined) {
  const { trace } = await replayWatched(bundle, { strict: false });
  if (!trace) throw new Error(`no trace came out of ${bundle}`);
}
