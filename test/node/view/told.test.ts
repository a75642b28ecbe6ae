import { describe, expect, it } from 'vitest';
import { printTrace, type Reduction } from '../../../src/index.js';
import { isTraceError } from '../../../src/errors/trace-error.js';
import { replayBundle } from '../../../src/node/replay-bundle.js';
import { withBundleOnDisk } from '../../helpers/bundle-on-disk.js';
import { carriedCases } from '../../helpers/carried-cases.js';
import { framesOf, lastMoment, sessionOf } from './told.js';

/** What came of it, or the code of what ended it. */
const outcome = async (reduce: () => Promise<Reduction>) => {
  try {
    const { trace, diagnostics, unresolved } = await reduce();
    return { text: [...printTrace(trace)].join(''), diagnostics, unresolved };
  } catch (error) {
    if (isTraceError(error)) return error.code;
    throw error;
  }
};

describe('the page', () => {
  it.each(carriedCases().map(({ file, files }) => [file, files] as const))(
    'shows of %s what the files give, and the same problems',
    async (_file, files) => {
      await withBundleOnDisk(files, async (folder) => {
        const shown = await outcome(async () => lastMoment(sessionOf(await framesOf(folder))));
        expect(shown).toEqual(await outcome(() => replayBundle(folder)));
      });
    },
  );
});
