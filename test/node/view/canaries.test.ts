import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEventLine } from '../../../src/bundle/read-event.js';
import { readManifest } from '../../../src/bundle/read-manifest.js';
import { isTraceError } from '../../../src/errors/trace-error.js';
import { redaction } from '../../../src/node/view/redaction.js';
import { singleFile } from '../../../src/node/view/single-file.js';
import { rulesFor } from '../../../src/schemas/index.js';
import { withBundleOnDisk, type Files } from '../../helpers/bundle-on-disk.js';
import { carriedCases } from '../../helpers/carried-cases.js';
import { placesIn, withOther } from './string-places.js';

const SENTENCE = 'tulip bulbs, 17 of them';
const WORD = 'tulip';
/** Where a word stands in a redacted page: help and README name the same. */
const KEEPS_WORDS = /^(?:id|\w+_ids?|model|provider_name)$/;

const textOf = (content: Uint8Array | string | undefined): string => Buffer.from(content ?? '').toString();

const bundles: readonly (readonly [name: string, files: Files, schema: number])[] = [
  ...carriedCases().map(({ file, files, schema }) => [file, files, schema] as const),
  ['examples/bundle', filesBelow('examples/bundle'), 1],
];

function filesBelow(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    names.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(folder, file), readFileSync(file)];
    }),
  );
}

/** What a redacted page tells of a file of JSON, or of a line. */
const told = (name: string, text: string, schema: number): string => {
  const redact = redaction();
  if (name === 'manifest.json') return redact.manifest(readManifest(text));
  if (name !== 'trace.jsonl') return redact.payload(text);
  const entry = readEventLine(rulesFor(schema).event, { text, position: { line: 1, complete: true } });
  return entry?.type === 'event' ? redact.event(entry.event) : '';
};

describe('of what stands in a bundle', () => {
  it.each(bundles)('%s, a redacted page keeps no text but ids and models', (_name, files, schema) => {
    const kept: string[] = [];
    for (const [name, content] of files) {
      const parts = name === 'trace.jsonl' ? textOf(content).split('\n') : [textOf(content)];
      for (const part of parts) {
        const count = placesIn(part);
        for (let place = 0; place < count; place += 1) {
          for (const canary of [SENTENCE, WORD]) {
            let at = '';
            const changed = withOther(part, (found, key) => {
              if (found !== place) return undefined;
              at = key;
              return canary;
            });
            if (canary === WORD && (KEEPS_WORDS.test(at) || isList(part))) continue;
            if (tellsIt(name, changed, schema)) kept.push(`${name}: ${canary} at ${at}`);
          }
        }
      }
    }
    expect(kept).toEqual([]);
  });

  it('in any number of places at once, the file of a redacted page keeps nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bundles),
        fc.infiniteStream(fc.integer({ min: 0, max: 11 })),
        fc.boolean(),
        async ([, files], dice, losesPayloads) => {
          const changed = new Map([...files].map(([name, content]) => [name, changedText(name, content)]));
          function changedText(name: string, content: Uint8Array | string): string {
            const change = (json: string): string =>
              withOther(json, () => (dice.next().value === 0 ? SENTENCE : undefined));
            if (name === 'manifest.json') return textOf(content);
            return name === 'trace.jsonl'
              ? textOf(content).split('\n').map(change).join('\n')
              : change(textOf(content));
          }
          await withBundleOnDisk(changed, async (folder) => {
            if (losesPayloads) rmSync(path.join(folder, 'payloads'), { recursive: true, force: true });
            expect(await page(folder)).not.toMatch(/tulip|bulbs/);
          });
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** An event as the list of its values: nothing says which of them are ids. */
const isList = (line: string): boolean => line.startsWith('[');

const tellsIt = (name: string, text: string, schema: number): boolean => {
  try {
    return told(name, text, schema).includes(WORD);
  } catch (error) {
    if (isTraceError(error, 'manifest_unreadable')) return false;
    throw error;
  }
};

/** All that a page of the bundle holds, with what is compressed in it; empty where there is none. */
const page = async (folder: string): Promise<string> => {
  const site = {
    html: '<html><head></head><body></body></html>',
    script: '',
    style: '',
    worker: '',
    licenses: '',
  };
  let html = '';
  try {
    const { signal } = new AbortController();
    for await (const piece of singleFile(folder, { site, redact: true, signal })) html += piece;
  } catch (error) {
    if (isTraceError(error)) return '';
    throw error;
  }
  const [, recording = ''] = /id="recording">([^<]*)</.exec(html) ?? [];
  return html + gunzipSync(Buffer.from(recording, 'base64')).toString();
};
