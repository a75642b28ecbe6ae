import { describe, expect, it } from 'vitest';
import { z } from 'zod/mini';
import { parseExact } from '../json/exact.js';
import { i64 } from '../model/wire.js';
import { liftSerdeForms, RepeatedFieldError, type Source } from './forms.js';

const point = z.object({ x: i64, y: z.optional(i64) });
const shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('dot'), at: point }),
]);
const schema = z.object({
  color: z.enum(['red', 'blue']),
  shapes: z.optional(z.array(shape)),
  upper: z.pipe(
    z.nullish(z.string()),
    z.transform((text: string | null | undefined) => text?.toUpperCase()),
  ),
});
const lift = (text: string, source: Source = 'text') => liftSerdeForms(schema, parseExact(text), source);

describe('a struct', () => {
  it('may be a list of its fields in their order', () => {
    expect(lift('["red",[["dot",[1,2]],{"type":"dot","at":[3,null]}],"a"]')).toEqual({
      color: 'red',
      shapes: [
        { type: 'dot', at: { x: 1, y: 2 } },
        { type: 'dot', at: { x: 3, y: null } },
      ],
      upper: 'a',
    });
  });

  it('stays a list where the number of fields is another', () => {
    expect(lift('["red"]')).toEqual(['red']);
    expect(lift('["red",null,null,null]')).toEqual(['red', null, null, null]);
  });

  it('keeps what it does not know', () => {
    expect(lift('{"color":"red","__proto__":1,"toString":2}')).toEqual(
      Object.fromEntries([
        ['color', 'red'],
        ['__proto__', 1],
        ['toString', 2],
      ]),
    );
  });

  it('may not repeat a field that it knows, where text is read', () => {
    expect(() => lift('{"color":"red","color":"blue"}')).toThrow(RepeatedFieldError);
    expect(() => lift('{"color":"red","shapes":[{"type":"none","type":"none"}]}')).toThrow(
      RepeatedFieldError,
    );
    expect(lift('{"other":1,"color":"red","other":2}')).toEqual({ other: 2, color: 'red' });
  });

  it('takes the last of a repeated field, where a value is read', () => {
    expect(lift('{"color":"red","color":"blue"}', 'value')).toEqual({ color: 'blue' });
  });
});

describe('a variant without fields', () => {
  it('may be an object with null', () => {
    expect(lift('{"color":{"red":null}}')).toEqual({ color: 'red' });
  });

  it('may have an empty object there in text, not in a value', () => {
    expect(lift('{"color":{"red":{}}}')).toEqual({ color: 'red' });
    expect(lift('{"color":{"red":{}}}', 'value')).toEqual({ color: { red: {} } });
  });

  it.each(['{"red":1}', '{"red":[]}', '{"red":{"a":1}}', '{"red":null,"blue":null}', '{}', '["red"]'])(
    'is not %s',
    (color) => {
      const lifted = lift(`{"color":${color}}`);
      expect(schema.safeParse(lifted).success).toBe(false);
    },
  );
});

describe('a tagged variant', () => {
  it('may be a list with its tag first', () => {
    expect(lift('{"color":"red","shapes":[["none"],["dot",{"x":1}]]}')).toEqual({
      color: 'red',
      shapes: [{ type: 'none' }, { type: 'dot', at: { x: 1 } }],
    });
  });

  it.each(['["blob"]', '[]', '"none"', '{"type":"blob"}', '{"at":[1,2]}', '[{"type":"none"}]'])(
    'is left as it is where its tag is unknown: %s',
    (text) => {
      expect(liftSerdeForms(shape, parseExact(text), 'text')).toEqual(JSON.parse(text));
    },
  );
});
