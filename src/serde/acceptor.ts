import * as z from 'zod/mini';
import { isRecord } from '../json/access.js';

/** Gives the value that the schema would give, or undefined, which no JSON is: then the schema decides. */
type Read = (value: unknown) => unknown;
/** Exact: all keys known, in the order of the schema. Loose: keys that are not known are dropped. */
type Mode = 'exact' | 'loose';

const compiled = {
  exact: new WeakMap<z.core.$ZodType, Read>(),
  loose: new WeakMap<z.core.$ZodType, Read>(),
};

/**
 * Whether the schema takes a value that JSON.parse made, and has nothing to drop, to fill in, to change or
 * to move. Several times as fast as the schema, which decides about all that is not accepted here.
 */
export const acceptsAsIs = <T>(schema: z.ZodMiniType<T>, value: unknown): value is T =>
  readerOf(schema, 'exact')(value) !== undefined;

/** What the schema gives for a value that JSON.parse made; undefined where only the schema can tell. */
export const readKnown = <T>(schema: z.ZodMiniType<T>, value: unknown): T | undefined =>
  // The reader was made from the schema: what it gives is what the schema says.
  readerOf(schema, 'loose')(value) as T | undefined;

const readerOf = (schema: z.core.$ZodType, mode: Mode): Read => {
  let read = compiled[mode].get(schema);
  if (!read) compiled[mode].set(schema, (read = compile(schema, mode)));
  return read;
};

const nothing: Read = () => undefined;

const when =
  (accepts: (value: unknown) => boolean): Read =>
  (value) =>
    accepts(value) ? value : undefined;

const compile = (schema: z.core.$ZodType, mode: Mode): Read => {
  if (!(schema instanceof z.ZodMiniType) || schema.def.checks?.length) return nothing;
  if (schema instanceof z.ZodMiniObject) return mode === 'exact' ? exactObject(schema) : looseObject(schema);
  if (schema instanceof z.ZodMiniDiscriminatedUnion) return compileTagged(schema, mode);
  if (schema instanceof z.ZodMiniArray) return compileArray(compile(schema.def.element, mode), mode);
  if (schema instanceof z.ZodMiniOptional) return compile(schema.def.innerType, mode);
  if (schema instanceof z.ZodMiniNullable) {
    const inner = compile(schema.def.innerType, mode);
    return (value) => (value === null ? null : inner(value));
  }
  if (schema instanceof z.ZodMiniString) return when((value) => typeof value === 'string');
  if (schema instanceof z.ZodMiniNull) return when((value) => value === null);
  if (schema instanceof z.ZodMiniLiteral) {
    const values = new Set<unknown>(schema.def.values);
    return when((value) => values.has(value));
  }
  if (schema instanceof z.ZodMiniEnum) {
    const values = new Set<unknown>(schema.options);
    return when((value) => values.has(value));
  }
  if (schema instanceof z.ZodMiniCustom) {
    const { fn } = schema.def;
    return when((value) => fn(value) === true);
  }
  return nothing;
};

const membersOf = (schema: z.ZodMiniObject, mode: Mode) =>
  Object.entries(schema.shape).map(([key, member]) => ({
    key,
    read: compile(member, mode),
    mayMiss: member instanceof z.ZodMiniOptional,
  }));

const exactObject = (schema: z.ZodMiniObject): Read => {
  const members = membersOf(schema, 'exact');
  return (value) => {
    if (!isRecord(value)) return undefined;
    let next = 0;
    for (const key in value) {
      let member = members[next++];
      while (member?.mayMiss && member.key !== key) member = members[next++];
      if (member?.key !== key || member.read(value[key]) === undefined) return undefined;
    }
    for (; next < members.length; next++) if (!members[next]?.mayMiss) return undefined;
    return value;
  };
};

const looseObject = (schema: z.ZodMiniObject): Read => {
  // What a strict object does with other keys is the schema's business.
  if (schema.def.catchall) return nothing;
  const members = membersOf(schema, 'loose');
  return (value) => {
    if (!isRecord(value)) return undefined;
    const known: Record<string, unknown> = {};
    for (const { key, read, mayMiss } of members) {
      if (Object.hasOwn(value, key)) {
        const member = read(value[key]);
        if (member === undefined) return undefined;
        known[key] = member;
      } else if (!mayMiss) return undefined;
    }
    return known;
  };
};

const compileArray = (element: Read, mode: Mode): Read => {
  const refuses = (value: unknown): boolean => element(value) === undefined;
  return (value) => {
    if (!Array.isArray(value) || value.some(refuses)) return undefined;
    return mode === 'exact' ? value : value.map(element);
  };
};

const compileTagged = (schema: z.ZodMiniDiscriminatedUnion, mode: Mode): Read => {
  const { discriminator } = schema._zod.def;
  const variants = new Map<unknown, Read>();
  for (const option of schema.def.options) {
    const tag = option instanceof z.ZodMiniObject ? option.shape[discriminator] : undefined;
    if (tag instanceof z.ZodMiniLiteral)
      for (const value of tag.def.values) variants.set(value, compile(option, mode));
  }
  return (value) => (isRecord(value) ? variants.get(value[discriminator])?.(value) : undefined);
};
