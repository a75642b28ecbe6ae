import { expect, it } from 'vitest';
import { amountOf, counted, duration, oneLine } from './words.js';

it('puts recorded text on one line, where it does nothing', () => {
  expect(oneLine('  cat <<E\n\ta\u001b[2J\r\nE ')).toBe(String.raw`cat <<E a\u001b[2J E`);
  expect(oneLine('x'.repeat(1_000_000))).toHaveLength(500);
});

it.each([
  [0, '0s'],
  [59_999, '59s'],
  [185_000, '3m05s'],
  [7_380_000, '2h03m'],
  [363_600_000, '4d05h'],
])('shows %i ms as %s', (ms, text) => expect(duration(1000, 1000 + ms)).toBe(text));

it('shows no time before a start, and also times that are no safe numbers', () => {
  expect(duration(5000, 1000)).toBe('0s');
  expect(duration(2n ** 62n, 2n ** 62n)).toBe('0s');
});

it.each([
  [0n, '0'],
  [999n, '999'],
  [12_345n, '12.3k'],
  [999_949n, '999.9k'],
  [999_950n, '1.0M'],
  [2n ** 63n, '9223372036854.8M'],
])('shows %i tokens as %s', (count, text) => expect(amountOf(count)).toBe(text));

it('counts in words', () =>
  expect([counted(1, 'event'), counted(0, 'event')]).toEqual(['1 event', '0 events']));
