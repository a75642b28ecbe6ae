import { from, lastValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { isTraceError, printTrace, readManifest, type Reduction, type RolloutTrace } from '../src/index.js';
import { replayBundle } from '../src/node/index.js';
import { replay } from '../src/replay.js';
import { openInMemory, type Bundle } from './fuzz/bundle.js';
import { withBundleOnDisk } from './helpers/bundle-on-disk.js';
import { carriedCases, type CarriedCase } from './helpers/carried-cases.js';

const inMemory = async (files: Bundle, strict: boolean): Promise<Reduction> => {
  const { manifest, entries, payloads } = openInMemory(files);
  return lastValueFrom(replay(from(entries), { manifest, payloads, strict }));
};

const printed = (trace: RolloutTrace): string => [...printTrace(trace)].join('');

/** The printed trace, or `refused` for a TraceError; any other error is a defect and goes on. */
const answer = async (reduction: Promise<Reduction>): Promise<string> => {
  try {
    return printed((await reduction).trace);
  } catch (error) {
    if (isTraceError(error)) return 'refused';
    throw error;
  }
};

const bundleOf = ({ files }: CarriedCase): Bundle =>
  new Map([...files].map(([name, content]) => [name, Buffer.from(content)]));

/** A bundle of another schema cannot be read at all, neither strictly nor by default. */
const isOfKnownSchema = ({ files }: CarriedCase): boolean => {
  const { schema_version } = readManifest(Buffer.from(files.get('manifest.json') ?? []).toString());
  return schema_version === 1 || schema_version === 2;
};

describe.each([1, 2] as const)(
  'in schema %i, what the original makes of a bundle, this makes of it too',
  (schema) => {
    const cases = carriedCases(`schema-${schema}`);

    it.each(cases.map((each) => [each.about, each] as const))('%s', async (_, each) => {
      const { expected, files, file } = each;
      const wanted = 'state' in expected ? expected.state : 'refused';
      expect(await answer(inMemory(bundleOf(each), true)), `${file} in memory`).toBe(wanted);
      await withBundleOnDisk(files, async (folder) => {
        expect(await answer(replayBundle(folder, { strict: true })), `${file} on disk`).toBe(wanted);
      });

      if (!isOfKnownSchema(each)) {
        await expect(inMemory(bundleOf(each), false)).rejects.toSatisfy((error) =>
          isTraceError(error, 'schema_unsupported'),
        );
        return;
      }
      const lenient = await inMemory(bundleOf(each), false);
      if ('state' in expected) {
        expect(lenient.diagnostics, `${file} by default`).toEqual([]);
        expect(printed(lenient.trace), `${file} by default`).toBe(wanted);
      } else {
        expect(lenient.diagnostics.length, `${file} by default`).toBeGreaterThan(0);
        expect(JSON.parse(printed(lenient.trace))).toMatchObject({ trace_id: lenient.trace.trace_id });
      }
    });

    it('names every case by a sentence of its own', () => {
      expect(cases.length).toBeGreaterThan(100);
      expect(new Set(cases.map(({ about }) => about)).size).toBe(cases.length);
    });
  },
);
