import * as z from 'zod';
import { type FieldType, parseStruct } from '../json/exact.js';
import { liftSerdeForms } from './forms.js';

/**
 * Reads text as serde reads it straight into a struct. A member of unknown type is a `Value`, any other one is typed.
 *
 * @throws JsonSyntaxError
 * @throws RepeatedFieldError
 */
export const readStruct = <T>(schema: z.ZodType<T>, text: string): z.ZodSafeParseResult<T> =>
  schema.safeParse(liftSerdeForms(schema, parseStruct(text, fieldsOf(schema)), 'text'));

const fieldsOf = (schema: z.ZodType): ReadonlyMap<string, FieldType> =>
  new Map(
    Object.entries(schema instanceof z.ZodObject ? schema.shape : {}).map(([key, member]) => [
      key,
      member instanceof z.ZodUnknown ? 'value' : 'typed',
    ]),
  );
