import * as z from 'zod/mini';
import { type FieldType, parseStruct } from '../json/exact.js';
import { liftSerdeForms } from './forms.js';
import { safeParse } from './safe-parse.js';

/**
 * Reads text as serde reads it straight into a struct. A member of unknown type is a `Value`, any other one is typed.
 *
 * @throws JsonSyntaxError
 * @throws RepeatedFieldError
 */
export const readStruct = <T>(schema: z.ZodMiniType<T>, text: string): z.core.util.SafeParseResult<T> =>
  safeParse(schema, liftSerdeForms(schema, parseStruct(text, fieldsOf(schema)), 'text'));

const fieldsOf = (schema: z.ZodMiniType): ReadonlyMap<string, FieldType> =>
  new Map(
    Object.entries(schema instanceof z.ZodMiniObject ? schema.shape : {}).map(([key, member]) => [
      key,
      member instanceof z.ZodMiniUnknown ? 'value' : 'typed',
    ]),
  );
