import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainJson, plainText } from './plain-text.js';

it('shows what a terminal would obey', () => {
  expect(plainText('\u001b[31mred\u0007 \u009b2J \r\n\t \u202eevil\u2028 \ud800')).toBe(
    String.raw`\u001b[31mred\u0007 \u009b2J \u000d\u000a\u0009 \u202eevil\u2028 \ud800`,
  );
});

it('leaves the text of people alone', () => {
  const text = String.raw`naïve "C:\new" 日本語 👩‍👩‍👧 שלום`;
  expect(plainText(text)).toBe(text);
});

it('leaves nothing in any text that is not plain, and the second time nothing to do', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const plain = plainText(text);
      expect(plain).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      expect(plainText(plain)).toBe(plain);
    }),
  );
});

it('keeps the value of JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const json = JSON.stringify({ value, csi: '\u009b31m' }, null, 2);
      const plain = plainJson(json);
      expect(JSON.parse(plain)).toEqual(JSON.parse(json));
      expect(plain).not.toMatch(/[^\P{Cc}\n]/u);
    }),
  );
});
