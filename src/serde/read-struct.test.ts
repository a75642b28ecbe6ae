import { expect, it } from 'vitest';
import { z } from 'zod/mini';
import { i64 } from '../model/wire.js';
import { readStruct } from './read-struct.js';

const NUMBER = '"$serde_json::private::Number"';
const schema = z.object({ id: z.unknown(), size: z.optional(i64) });
const read = (text: string): unknown => readStruct(schema, text).data;

it('reads the fields, and nothing else', () => {
  expect(read(`{${NUMBER}:"x","id":"a","size":5}`)).toEqual({ id: 'a', size: 5 });
});

it('takes the members for fields of their own type, but those of unknown type', () => {
  expect(read(`{"id":{${NUMBER}:"-0"},"size":0}`)).toEqual({ id: 0, size: 0 });
  expect(read(`{"id":1,"size":{${NUMBER}:"0"}}`)).toBeUndefined();
  expect(read('{"id":-0}')).toEqual({ id: 0 });
  expect(read('{"id":1,"size":-0}')).toBeUndefined();
});

it('reads a type that is no struct, too', () => {
  expect(readStruct(z.array(z.string()), '["a"]').data).toEqual(['a']);
});
