import { describe, expect, it } from 'vitest';
import { parseThreadId } from './thread-id.js';

const ID = '019d0000-abcd-7000-8000-00000000000f';

describe('a thread id', () => {
  it.each([
    ID,
    ID.toUpperCase(),
    ID.replaceAll('-', ''),
    `{${ID}}`,
    `{${ID.toUpperCase()}}`,
    `urn:uuid:${ID}`,
    `urn:uuid:${ID.toUpperCase()}`,
  ])('%s is one', (text) => {
    expect(parseThreadId(text)).toBe(ID);
  });

  it.each([
    '',
    'not-a-uuid',
    ID.slice(0, -1),
    `${ID}0`,
    ` ${ID}`,
    `${ID}\n`,
    `{${ID.replaceAll('-', '')}}`,
    `URN:UUID:${ID}`,
    `urn:uuid:${ID.replaceAll('-', '')}`,
    `{${ID}`,
    ID.replace('-', ''),
    ID.replace('f', 'g'),
    ID.replace('0', '０'),
  ])('%j is none', (text) => {
    expect(parseThreadId(text)).toBeUndefined();
  });
});
