import { describe, expect, it } from 'vitest';
import { LOG_FILE } from '../../src/model/files.js';
import { openInMemory, type Bundle } from '../fuzz/bundle.js';
import { factsOf, reduceInMemory } from '../helpers/cascade.js';
import { generatedFiles, parsedDuring } from './counting.js';

const files = (mode: 'full' | 'incremental', schema: 1 | 2, events: number): Bundle =>
  generatedFiles({ schema, mode, events, compactEvery: 0, childEvery: 0 });

const parsedOf = (bundle: Bundle) =>
  parsedDuring(() => reduceInMemory(openInMemory(bundle), { strict: true }));

const bytesOf = (bundle: Bundle): number => [...bundle.values()].reduce((sum, { length }) => sum + length, 0);

const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);

describe.each([1, 2] as const)('a session of schema %i', (schema) => {
  it('parses every line and every payload at most once', () => {
    const bundle = files('incremental', schema, 400);
    const texts = [...bundle].flatMap(([file, content]) =>
      file === LOG_FILE ? content.toString().trimEnd().split('\n') : [content.toString()],
    );
    const documents = new Set(texts);
    const { parsed } = parsedOf(bundle);
    expect(parsed.filter((text) => documents.has(text)).length).toBeLessThanOrEqual(texts.length);
    // What is JSON in JSON, such as the arguments of a tool, is little beside that.
    expect(lengthOf(parsed)).toBeLessThan(1.05 * bytesOf(bundle));
  });

  it.each([200, 400])('parses of full requests only what is new in them, in %i events', (events) => {
    const full = files('full', schema, events);
    // The same session: here a request holds nothing but what is new.
    const fresh = bytesOf(files('incremental', schema, events));
    expect(lengthOf(parsedOf(full).parsed)).toBeLessThan(1.2 * fresh);
    expect(bytesOf(full)).toBeGreaterThan(2 * fresh);
  });

  it.each([200, 400])('makes an item of what is new in a request alone, in %i events', (events) => {
    const bundle = openInMemory(files('full', schema, events));
    const requests = factsOf(bundle).filter((fact) => fact.type === 'request_read');
    const made = requests.reduce((sum, { items }) => sum + items.length, 0);
    const known = reduceInMemory(bundle, { strict: true }).trace.conversation_items.size;
    expect(made).toBeLessThanOrEqual(known);
    // All of them together list each item again and again.
    const listed = requests.reduce((sum, { shared, items }) => sum + shared + items.length, 0);
    expect(listed).toBeGreaterThan(5 * known);
  });
});
