import { describe, expect, it } from 'vitest';
import { z } from 'zod/mini';
import { i64, optional } from '../model/wire.js';
import { readTyped } from './typed.js';

const schema = z.object({ id: z.string(), size: optional(i64), kind: z.optional(z.enum(['a', 'b'])) });
const read = (text: string) => readTyped(schema, { value: JSON.parse(text), text }, [['size']]);

describe('a typed reading', () => {
  it('drops what the type does not know', () => {
    expect(read('{"id":"x","other":1.0}')).toEqual({ data: { id: 'x' } });
  });

  it.each([
    ['5', 5],
    ['-0', 0],
    ['null', null],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('keeps the integer %s', (literal, size) => {
    expect(read(`{"id":"x","size":${literal}}`)).toEqual({ data: { id: 'x', size } });
  });

  it.each(['5.0', '5e0', '1e400', '9223372036854775808'])('takes %s for no integer', (literal) => {
    expect(read(`{"id":"x","size":${literal}}`)).toEqual({ issue: expect.stringContaining('size') });
  });

  it('accepts what serde accepts beside objects', () => {
    expect(read('["x",5,{"a":null}]')).toEqual({ data: { id: 'x', size: 5, kind: 'a' } });
  });

  it.each(['5', '1.5', '-1e400', '"x"', 'null', 'true'])(
    'takes %s for no struct that needs no field',
    (text) => {
      const needless = z.object({ size: optional(i64) });
      expect(readTyped(needless, { value: JSON.parse(text), text })).toHaveProperty('issue');
    },
  );

  it('refuses a unit variant that is named twice', () => {
    expect(read('{"id":"x","kind":{"a":null,"a":null}}')).toHaveProperty('issue');
  });

  it('takes the last of a repeated key', () => {
    expect(read('{"id":1,"id":"x","kind":{"a":null}}')).toEqual({ data: { id: 'x', kind: 'a' } });
  });

  it('names the member that is wrong', () => {
    expect(read('{"size":1}')).toEqual({ issue: expect.stringMatching(/^id: /) });
    expect(read('[]')).toEqual({ issue: expect.not.stringMatching(/^:/) });
  });

  it.each([
    ['a lone surrogate', '"\\ud800"'],
    ['too many levels', '['.repeat(130) + ']'.repeat(130)],
  ])('says what is wrong where a repeated key hides %s', (_what, hidden) => {
    expect(read(`{"id":5,"x":${hidden},"x":1}`)).toHaveProperty('issue');
  });
});
