import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactJson, cutAtBytes } from './compact.js';
import { type ExactJson, JsonSyntaxError, parseExact, printExact } from './exact.js';
import { elementSlices, sliceAt } from './locate.js';
import { compareUtf8 } from './order.js';
import { parseJson } from './parse.js';

const text = fc.string({
  unit: fc.oneof(fc.constantFrom('"', '\\', '\n', '\u2028', '😀'), fc.string({ unit: 'binary' })),
});
const value = fc.jsonValue({ stringUnit: 'binary', depthSize: 'large' });
/** JSON with white space, without `-0`, which JSON.stringify spells `0`. */
const source = fc
  .tuple(value, fc.constantFrom('', ' ', '\t', '\n  '))
  .map(([json, space]) => JSON.stringify(json, null, space));

const fragment = fc.oneof(
  fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '-', '-0', '.', '0', '1e5', 'E+', 'null', 'tru', '"x":'),
  fc.constantFrom(
    '\\',
    '\\u',
    '\\ud83d',
    '\\ude00',
    '\\ud800',
    '\\u0024',
    ' ',
    '\n',
    '\x01',
    '\u00a0',
    '\ufeff',
  ),
  fc.constantFrom(
    '{"a":1,"a":2}',
    '[1.0]',
    '{"$serde_json::private::RawValue":"[1]"}',
    '{"\\u0024serde_json::',
  ),
  fc.constantFrom('"$serde_json::private::Number":"1.0"', '"$serde_json::private::RawValue":'),
);
const edit = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.option(fragment, { nil: '' }) });
const mutated = fc.tuple(source, fc.array(edit, { maxLength: 3 })).map(([json, edits]) =>
  edits.reduce((changed, { at, remove, insert }) => {
    const from = at % (changed.length + 1);
    return (changed.slice(0, from) + insert + changed.slice(from + remove)).toWellFormed();
  }, json),
);

/** Replaced values are not examined by parseJson. Equal keys in different objects count too, which is no harm. */
function hasRepeatedKey(json: string): boolean {
  const keys = Array.from(json.matchAll(/("(?:[^"\\]|\\.)*")\s*:/g), ([, key]) => key);
  return new Set(keys).size < keys.length;
}

function attempt<T>(read: () => T): { value: T } | { error: string } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { error: `${error.message} ${error.offset}` };
    throw error;
  }
}

describe('parseExact and printExact', () => {
  it('print what JSON.stringify prints when the text holds no reserved key', () => {
    fc.assert(
      fc.property(value, fc.constantFrom('', ' '), (json, space) => {
        const exact = parseExact(JSON.stringify(json, null, space));
        // Going through JSON.parse moves integer-like keys to the front, so both sides do.
        expect(JSON.stringify(JSON.parse(printExact(exact)))).toBe(
          JSON.stringify(JSON.parse(JSON.stringify(json))),
        );
      }),
    );
  });

  it('are a fixed point', () => {
    fc.assert(
      fc.property(mutated, (json) => {
        const parsed = attempt<ExactJson>(() => parseExact(json));
        fc.pre('value' in parsed);
        const printed = printExact(parsed.value);
        expect(printExact(parseExact(printed))).toBe(printed);
      }),
    );
  });
});

describe('parseJson', () => {
  it('accepts and refuses what parseExact does, for the same reason, and reads the same', () => {
    fc.assert(
      fc.property(mutated, (json) => {
        fc.pre(!hasRepeatedKey(json));
        const exact = attempt<unknown>(() => JSON.parse(printExact(parseExact(json))));
        const parsed = attempt(() => parseJson(json));
        // Printing turns `-0` into `0`, hence not Object.is.
        expect(JSON.stringify(parsed)).toBe(JSON.stringify(exact));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('compactJson', () => {
  it('prints the same with and without its fast path', () => {
    fc.assert(
      fc.property(mutated, (json) => {
        const slow = attempt(() => printExact(parseExact(json)));
        expect(compactJson(json)).toBe('value' in slow ? slow.value : undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('cutAtBytes', () => {
  it('keeps as many whole characters as fit', () => {
    fc.assert(
      fc.property(text, fc.nat(40), (long, limit) => {
        const bytes = Buffer.from(long);
        let end = Math.min(limit, bytes.length);
        while (end < bytes.length && (bytes.readUInt8(end) & 0xc0) === 0x80) end--;
        const expected = end === bytes.length ? long : `${bytes.subarray(0, end).toString()}...`;
        expect(cutAtBytes(long, limit)).toBe(expected);
      }),
    );
  });
});

describe('sliceAt and elementSlices', () => {
  it('give sources that parse to what a walk of the value reaches', () => {
    const check = (json: string, path: readonly (string | number)[], reached: unknown): void => {
      const slice = sliceAt(json, path);
      expect(slice === undefined ? 'nothing' : JSON.parse(slice)).toEqual(reached);
      if (Array.isArray(reached)) {
        expect(elementSlices(json, path)?.map((element): unknown => JSON.parse(element))).toEqual(reached);
        reached.forEach((element, index) => check(json, [...path, index], element));
      } else if (typeof reached === 'object' && reached !== null) {
        for (const [key, field] of Object.entries(reached)) check(json, [...path, key], field);
      }
    };
    fc.assert(fc.property(source, (json) => check(json, [], JSON.parse(json))));
  });
});

describe('compareUtf8', () => {
  it('agrees with a comparison of the bytes', () => {
    fc.assert(
      fc.property(text, text, text, (common, a, b) => {
        const [left, right] = [common + a, common + b];
        expect(Math.sign(compareUtf8(left, right))).toBe(
          Buffer.compare(Buffer.from(left), Buffer.from(right)),
        );
      }),
    );
  });
});
