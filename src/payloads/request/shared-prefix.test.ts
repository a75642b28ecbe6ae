import { describe, expect, it } from 'vitest';
import { commonLength } from '../../json/common-length.js';
import { requestLayout } from './layout.js';
import { RequestBytes, sharedPrefix } from './shared-prefix.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const requestOf = (text: string): RequestBytes => {
  const layout = requestLayout(bytesOf(text));
  if (!layout) throw new Error(`no request: ${text}`);
  return new RequestBytes(bytesOf(text), layout);
};
/** What the second request shares with the first, and what stands behind. */
const shared = (before: string, now: string, limit = Infinity) => {
  const found = sharedPrefix(requestOf(before), bytesOf(now), limit, commonLength);
  return found && [found.count, new TextDecoder().decode(found.rest)];
};
const list = (...items: readonly string[]): string => `{"model":"m","input":[${items.join(',')}],"tools":[]}`;
const [a, b, c] = ['{"a":1}', '{"b":2}', '{"c":3}'] as const;

describe('a shared prefix', () => {
  it.each([
    ['the same request', list(a, b), list(a, b), [2, '']],
    ['one that goes on', list(a), list(a, b, c), [1, `,${b},${c}`]],
    ['one that goes another way', list(a, b), list(a, c), [1, `,${c}`]],
    ['one that is shorter', list(a, b, c), list(a), [1, '']],
    ['one whose next item only begins like the known one', list(a, b), list(a, '{"b":22}'), [1, ',{"b":22}']],
  ])('of %s', (_what, before, now, expected) => {
    expect(shared(before, now)).toEqual(expected);
  });

  it('ends where it is told', () => {
    expect(shared(list(a, b), list(a, b, c), 1)).toEqual([1, `,${b},${c}`]);
    expect(shared(list(a, b), list(a, b), 0)).toBeUndefined();
  });

  it.each([
    ['the first item is another', list(a), list(b)],
    ['there is no item', list(), list(a)],
    ['what stands before the items is another', list(a), list(a).replace('"m"', '"n"')],
    ['what stands behind them is another', list(a), list(a, b).replace('[]}', '[1]}')],
    ['more stands behind them', list(a), `${list(a, b)} `],
    ['the list is broken', list(a), list(a, '{"b":')],
    ['the list does not end', list(a), `{"model":"m","input":[${a},${b}`],
  ])('is none where %s', (_what, before, now) => {
    expect(shared(before, now)).toBeUndefined();
  });

  it('gives the next request to compare with', () => {
    const found = sharedPrefix(requestOf(list(a)), bytesOf(list(a, b)), Infinity, commonLength);
    expect(found?.next).toEqual(requestOf(list(a, b)));
  });
});
