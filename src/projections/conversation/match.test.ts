import { describe, expect, it } from 'vitest';
import { itemRow, modelItems, text, user } from '../../../test/helpers/items.js';
import type { ConversationItem } from '../../model/conversation.js';
import { matcher, type MatchOptions } from './match.js';

/** A snapshot of one-letter messages whose ids are their positions, and what incoming letters match. */
const matches = (known: string, incoming: string, options: Partial<MatchOptions> = {}) => {
  const rows = new Map<string, ConversationItem>(
    [...known].map((letter, index) => [String(index), itemRow(index, { body: { parts: [text(letter)] } })]),
  );
  const match = matcher({
    snapshot: [...rows.keys()],
    startIndex: 0,
    shared: 0,
    mayMove: true,
    lookup: (id) => rows.get(id),
    mayRepeatInPlace: true,
    ...options,
  });
  return modelItems([...incoming].map(user)).map((item, offset) => match(item, offset));
};
const known = (...args: Parameters<typeof matches>): string =>
  matches(...args)
    .map((found) => found.known ?? '-')
    .join(' ');

describe('a full list', () => {
  it.each([
    ['abc', 'abc', '0 1 2', 'stays where it was'],
    ['abc', 'ab', '0 1', 'may be shorter'],
    ['ab', 'abc', '0 1 -', 'may be longer'],
    ['abc', 'cab', '2 0 1', 'may have moved'],
    ['abc', 'bc', '1 2', 'may have lost its beginning'],
    ['abc', 'axbc', '0 - 1 2', 'may have something new within'],
    ['aa', 'aaa', '0 1 -', 'finds each item once'],
    ['ab', 'bab', '1 0 -', 'skips in its search what was taken'],
    ['ab', 'bb', '1 1', 'takes the item at its position even if it was taken'],
    ['aba', 'xaa', '- 0 2', 'finds the first that is left'],
    ['', 'a', '-', 'may stand behind nothing'],
  ])('%s then %s: %s, %s', (before, now, found) => {
    expect(known(before, now)).toBe(found);
  });

  it('contradicts nothing', () => {
    expect(matches('abc', 'xyz').map((found) => found.conflictsWith)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('begins behind the items that it shares with the snapshot, which are taken', () => {
    expect(known('aba', 'ax', { startIndex: 1, shared: 1 })).toBe('2 -');
    expect(known('aa', 'a', { startIndex: 2, shared: 2 })).toBe('-');
  });
});

describe('a full list that takes nothing twice', () => {
  const once = { mayRepeatInPlace: false };

  it.each([
    ['ab', 'bb', '1 -', 'leaves an item that was taken, though it stands there'],
    ['ab', 'bab', '1 0 -', 'skips in its search what was taken'],
    ['abb', 'bbb', '1 2 -', 'finds another one instead'],
    ['ab', 'ab', '0 1', 'takes what stands where it stood'],
    ['xy', 'axxx', '- 0 - -', 'takes an item that moved once'],
  ])('%s then %s: %s, %s', (before, now, found) => {
    expect(known(before, now, once)).toBe(found);
  });

  it('knows that an item stands in the snapshot twice', () => {
    const row = itemRow(0, { body: { parts: [text('a')] } });
    const twice = { snapshot: ['0', '0'], lookup: () => row };
    expect(known('aa', 'aa', { ...twice, ...once })).toBe('0 -');
    expect(known('aa', 'aa', twice)).toBe('0 0');
    expect(known('aa', 'a', { ...twice, ...once, startIndex: 1, shared: 1 })).toBe('-');
  });
});

describe('a detached list', () => {
  it.each([
    ['abc', 'ca', '2 0'],
    ['ab', 'bb', '1 -'],
    ['aab', 'baa', '2 0 1'],
  ])('%s then %s: %s, by search alone', (before, now, found) => {
    expect(known(before, now, { startIndex: null })).toBe(found);
  });
});

describe('a list that appends', () => {
  const appends = (startIndex: number) => ({ startIndex, mayMove: false });

  it.each([
    ['ab', 2, 'ab', '- -', 'makes new items behind the snapshot'],
    ['abc', 1, 'bcd', '1 2 -', 'repeats what stands at its positions'],
    ['abc', 4, 'c', '-', 'searches nothing behind the end'],
  ])('%s from %i %s: %s, %s', (before, start, now, found) => {
    expect(known(before, now, appends(start))).toBe(found);
  });

  it('contradicts another item at an occupied position, and is searched then', () => {
    expect(matches('abc', 'cx', appends(1))).toEqual([
      { known: '2', conflictsWith: '1' },
      { known: undefined, conflictsWith: '2' },
    ]);
  });
});

describe('a list that appends and takes nothing twice', () => {
  const row = itemRow(0, { body: { parts: [text('a')] } });
  const appending = {
    snapshot: ['0', '0', '0'],
    lookup: () => row,
    mayMove: false,
    mayRepeatInPlace: false,
  };

  it('may repeat an item of its prefix, but none that it appended', () => {
    expect(known('', 'a', { ...appending, startIndex: 1 })).toBe('0');
    expect(matches('', 'aa', { ...appending, startIndex: 1 }).map((found) => found.conflictsWith)).toEqual([
      undefined,
      '0',
    ]);
  });
});

describe('a snapshot', () => {
  it('may name items that are not known', () => {
    expect(known('ab', 'ba', { lookup: () => undefined })).toBe('- -');
  });
});
