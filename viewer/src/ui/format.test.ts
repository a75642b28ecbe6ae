import { expect, it } from 'vitest';
import { byteCount, compactCount, duration, kindWords, wholeCount } from './format.js';

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1k'],
  [18_940, '18.9k'],
  [999_949, '1000k'],
  [91_000_000, '91M'],
])('tells %d at a glance as %s', (count, text) => {
  expect(compactCount(count)).toBe(text);
});

it.each([
  [12, '12 ms'],
  [1500, '1.5 s'],
  [59_990, '1 min 00 s'],
  [3_661_000, '1 h 01 min'],
])('tells %d ms as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

it('counts bytes in powers of two', () => {
  expect([1, 1536, 5 * 1024 * 1024].map(byteCount)).toEqual(['1 B', '1.5 KiB', '5 MiB']);
});

it('groups the digits of a whole number', () => {
  expect([12, 90_563_800].map(wholeCount)).toEqual(['12', '90,563,800']);
});

it('names one row of a table', () => {
  expect(['codex_turns', 'raw_payloads'].map(kindWords)).toEqual(['codex turn', 'raw payload']);
});
