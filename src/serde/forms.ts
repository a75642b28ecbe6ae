import * as z from 'zod/mini';
import { ExactNumber, ExactObject, toWire, type ExactJson } from '../json/exact.js';

/** A known key that stands twice in one object: an error for serde, where JSON.parse takes the last. */
export class RepeatedFieldError extends Error {}

/**
 * What serde reads. In text a repeated key is an error, and where the text is an event, the buffer of its tagged
 * payload lets `{}` stand for the null of a unit variant. A value that was parsed before has none of both.
 */
export type Source = 'text' | 'value';

/**
 * Rewrites what serde accepts beside plain objects, so that one schema describes them all: structs as
 * arrays of their fields in order, tagged objects as `[tag, field, …]`, unit variants as
 * `{"variant": null}`. Throws {@link RepeatedFieldError}.
 */
export const liftSerdeForms = (schema: z.core.$ZodType, value: ExactJson, source: Source): unknown => {
  if (schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable) {
    return value === null ? null : liftSerdeForms(schema.def.innerType, value, source);
  }
  if (schema instanceof z.ZodMiniPipe) return liftSerdeForms(schema.def.in, value, source);
  if (schema instanceof z.ZodMiniObject) return liftStruct(schema, value, source);
  if (schema instanceof z.ZodMiniDiscriminatedUnion) return liftTagged(schema, value, source);
  if (schema instanceof z.ZodMiniArray && Array.isArray(value)) {
    return value.map((element: ExactJson) => liftSerdeForms(schema.def.element, element, source));
  }
  if (schema instanceof z.ZodMiniUnion) {
    const units = schema.def.options.find((option) => option instanceof z.ZodMiniEnum);
    return (units && unitVariant(units, value, source)) ?? toWire(value);
  }
  if (schema instanceof z.ZodMiniEnum) return unitVariant(schema, value, source) ?? toWire(value);
  return toWire(value);
};

/** The name of a unit variant that is written as `{"variant": null}`. */
const unitVariant = (schema: z.ZodMiniEnum, value: ExactJson, source: Source): string | undefined => {
  if (!(value instanceof ExactObject)) return undefined;
  const [variant, ...others] = value.entries;
  if (!variant || others.length > 0 || value.repeated.size > 0) return undefined;
  const [name, content] = variant;
  const isUnit = content === null || (source === 'text' && isEmptyObject(content));
  return isUnit && schema.options.includes(name) ? name : undefined;
};

const isEmptyObject = (value: ExactJson): boolean => value instanceof ExactObject && value.entries.size === 0;

const liftStruct = (schema: z.ZodMiniObject, value: ExactJson, source: Source): unknown => {
  const members = Object.entries(schema.shape);
  if (Array.isArray(value)) {
    if (value.length !== members.length) return toWire(value);
    return Object.fromEntries(
      members.map(([key, member], index) => [key, liftSerdeForms(member, value[index], source)]),
    );
  }
  // An exact number is an object, which a struct without a required field would accept.
  if (value instanceof ExactNumber) return Number(value.literal);
  if (!(value instanceof ExactObject)) return toWire(value);
  const lifted = new Map<string, unknown>();
  for (const [key, member] of value.entries) {
    const memberSchema = Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
    if (memberSchema === undefined) lifted.set(key, toWire(member));
    else if (source === 'text' && value.repeated.has(key))
      throw new RepeatedFieldError(`duplicate field \`${key}\``);
    else lifted.set(key, liftSerdeForms(memberSchema, member, source));
  }
  return Object.fromEntries(lifted);
};

const liftTagged = (schema: z.ZodMiniDiscriminatedUnion, value: ExactJson, source: Source): unknown => {
  const tagKey = schema._zod.def.discriminator;
  if (Array.isArray(value)) {
    const variant = variantOf(schema, tagKey, value[0]);
    return variant ? liftStruct(variant, value, source) : toWire(value);
  }
  if (!(value instanceof ExactObject)) return toWire(value);
  const variant = variantOf(schema, tagKey, value.get(tagKey));
  return variant ? liftStruct(variant, value, source) : toWire(value);
};

const variantOf = (
  schema: z.ZodMiniDiscriminatedUnion,
  tagKey: string,
  tag: ExactJson | undefined,
): z.ZodMiniObject | undefined =>
  schema.def.options.find((option): option is z.ZodMiniObject => {
    if (!(option instanceof z.ZodMiniObject)) return false;
    const literal: unknown = option.shape[tagKey];
    return literal instanceof z.ZodMiniLiteral && literal.def.values.some((value) => value === tag);
  });
