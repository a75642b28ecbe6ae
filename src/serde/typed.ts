import type { z } from 'zod/mini';
import { JsonSyntaxError, parseExact } from '../json/exact.js';
import { isIntegerAt, showsIntegers } from '../json/locate.js';
import { readKnown } from './acceptor.js';
import { liftSerdeForms } from './forms.js';
import { safeParse } from './safe-parse.js';

/** A typed reading of JSON: the data, or why it is not of that type. */
export type Typed<T> = { readonly data: T } | { readonly issue: string };

type Path = readonly (string | number)[];

/**
 * Reads JSON as serde would read it into a struct. The plain value serves where nothing in it could
 * have lost its spelling; otherwise the text is read again without loss. `integers` names the members
 * that must be spelled as integers (`5`, not `5.0`): JSON.parse cannot tell.
 */
export const readTyped = <T>(
  schema: z.ZodMiniType<T>,
  json: { readonly value: unknown; readonly text: string },
  integers: readonly Path[] = [],
): Typed<T> => {
  if (integers.every((path) => isAbsent(json.value, path) || isInteger(json.text, path))) {
    const known = readKnown(schema, json.value);
    if (known !== undefined) return { data: known };
    const plain = safeParse(schema, json.value);
    if (plain.success) return { data: plain.data };
  }
  return readExactly(schema, json.text);
};

/** The text may be worse than the plain value shows: a repeated key can hide what is no JSON. */
const readExactly = <T>(schema: z.ZodMiniType<T>, text: string): Typed<T> => {
  try {
    const exact = safeParse(schema, liftSerdeForms(schema, parseExact(text), 'value'));
    return exact.success ? { data: exact.data } : { issue: firstIssue(exact.error) };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { issue: error.message };
    throw error;
  }
};

const isInteger = (text: string, path: Path): boolean => {
  const key = path.at(-1);
  return (typeof key === 'string' && showsIntegers(text, key)) || isIntegerAt(text, path);
};

/** Absent and null members need no integer. */
const isAbsent = (value: unknown, path: Path): boolean => {
  let at: unknown = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return true;
    at = Reflect.get(at, step);
  }
  return at === null;
};

/** `member: what was expected`, of the first thing that is wrong. */
export const firstIssue = (error: z.core.$ZodError): string => {
  const issue = error.issues[0];
  if (!issue) return 'has an unexpected shape';
  const path = issue.path.join('.');
  const message = issue.message
    .replace(/^Invalid input: /, '')
    .replace(/, received undefined$/, ', but it is missing');
  return path === '' ? message : `${path}: ${message}`;
};
