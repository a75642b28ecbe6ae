import { describe, expect, it } from 'vitest';
import { isTraceError } from '../../../src/errors/trace-error.js';
import { printTrace } from '../../../src/index.js';
import { redaction } from '../../../src/node/view/redaction.js';
import { withBundleOnDisk } from '../../helpers/bundle-on-disk.js';
import { carriedCases } from '../../helpers/carried-cases.js';
import { framesOf, lastMoment, sessionOf } from './told.js';
import { differences } from './same-shape.js';

const shapeOf = async (folder: string, isRedacted: boolean) => {
  try {
    const frames = await framesOf(folder, isRedacted ? { redaction: redaction() } : {});
    const { trace, diagnostics, unresolved } = lastMoment(sessionOf(frames));
    return {
      trace: JSON.parse([...printTrace(trace)].join('')),
      problems: diagnostics.map(({ code, file, line, seq, entity }) => ({ code, file, line, seq, entity })),
      unresolved,
    };
  } catch (error) {
    if (isTraceError(error)) return error.code;
    throw error;
  }
};

/** Written for a reducer alone, in ways in which nobody records; what is told of them is still redacted. */
const ODD = new Map([
  ['schema-1/json-summary-identity.case', 'two items that are equal in their first 240 bytes alone'],
  ['schema-2/json-summary-identity.case', 'the same'],
  ['schema-1/lenient-ignored-values.case', 'arguments with more levels than a JSON value may have'],
  ['schema-2/lenient-ignored-values.case', 'the same'],
  ['schema-1/lenient-private-keys.case', 'arguments with reserved keys that stand for nothing'],
  ['schema-2/lenient-private-keys.case', 'the same'],
  ['schema-2/v2-payload-unread-deep.case', 'a payload too deep to be read, which nobody reads'],
  ['schema-2/v2-write-namespace.case', 'a payload that is the list of its values, without their names'],
  ['schema-2/v2-write-unusable.case', 'arguments in which a key stands twice'],
]);

describe('a redacted page', () => {
  const cases = carriedCases().filter(({ file }) => !ODD.has(file));
  it.each(cases.map(({ file, files }) => [file, files] as const))(
    'has of %s the same graph, up to its texts',
    async (_file, files) => {
      await withBundleOnDisk(files, async (folder) => {
        expect(differences(await shapeOf(folder, false), await shapeOf(folder, true))).toEqual([]);
      });
    },
  );

  it('has the same graph of a whole session, whose agents and deliveries are still known', async () => {
    const [whole, redacted] = [
      await shapeOf('examples/bundle', false),
      await shapeOf('examples/bundle', true),
    ];
    expect(differences(whole, redacted)).toEqual([]);
    expect(whole).toMatchObject({ problems: [] });
  });
});
