import * as z from 'zod';
import { ExactObject, toWire, type ExactJson } from '../json/exact.js';

/** A known key that stands twice in one object: an error for serde, where JSON.parse takes the last. */
export class RepeatedFieldError extends Error {}

/** Whether a repeated key is an error: it is where serde reads text, not where it reads a parsed value. */
export type Repeats = 'refused' | 'last wins';

/**
 * Rewrites what serde accepts beside plain objects, so that one schema describes them all: structs as
 * arrays of their fields in order, tagged objects as `[tag, field, …]`, unit variants as
 * `{"variant": null}`. Throws {@link RepeatedFieldError}.
 */
export const liftSerdeForms = (schema: z.core.$ZodType, value: ExactJson, repeats: Repeats): unknown => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return value === null ? null : liftSerdeForms(schema.unwrap(), value, repeats);
  }
  if (schema instanceof z.ZodPipe) return liftSerdeForms(schema.in, value, repeats);
  if (schema instanceof z.ZodObject) return liftStruct(schema, value, repeats);
  if (schema instanceof z.ZodDiscriminatedUnion) return liftTagged(schema, value, repeats);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((element: ExactJson) => liftSerdeForms(schema.element, element, repeats));
  }
  if (schema instanceof z.ZodUnion) {
    const units = schema.options.find((option) => option instanceof z.ZodEnum);
    return (units && unitVariant(units, value)) ?? toWire(value);
  }
  if (schema instanceof z.ZodEnum) return unitVariant(schema, value) ?? toWire(value);
  return toWire(value);
};

/** The name of a unit variant that is written as `{"variant": null}`. */
const unitVariant = (schema: z.ZodEnum, value: ExactJson): string | undefined => {
  if (!(value instanceof ExactObject)) return undefined;
  const [variant, ...others] = value.entries;
  const isUnit = variant?.[1] === null && others.length === 0 && value.repeated.size === 0;
  return isUnit && schema.options.includes(variant[0]) ? variant[0] : undefined;
};

const liftStruct = (schema: z.ZodObject, value: ExactJson, repeats: Repeats): unknown => {
  const members = Object.entries(schema.shape);
  if (Array.isArray(value)) {
    if (value.length !== members.length) return toWire(value);
    return Object.fromEntries(
      members.map(([key, member], index) => [key, liftSerdeForms(member, value[index], repeats)]),
    );
  }
  if (!(value instanceof ExactObject)) return toWire(value);
  const lifted = new Map<string, unknown>();
  for (const [key, member] of value.entries) {
    const memberSchema = Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
    if (memberSchema === undefined) lifted.set(key, toWire(member));
    else if (repeats === 'refused' && value.repeated.has(key))
      throw new RepeatedFieldError(`duplicate field \`${key}\``);
    else lifted.set(key, liftSerdeForms(memberSchema, member, repeats));
  }
  return Object.fromEntries(lifted);
};

const liftTagged = (schema: z.ZodDiscriminatedUnion, value: ExactJson, repeats: Repeats): unknown => {
  const tagKey = schema.def.discriminator;
  if (Array.isArray(value)) {
    const variant = variantOf(schema, tagKey, value[0]);
    return variant ? liftStruct(variant, value, repeats) : toWire(value);
  }
  if (!(value instanceof ExactObject)) return toWire(value);
  const variant = variantOf(schema, tagKey, value.get(tagKey));
  return variant ? liftStruct(variant, value, repeats) : toWire(value);
};

const variantOf = (
  schema: z.ZodDiscriminatedUnion,
  tagKey: string,
  tag: ExactJson | undefined,
): z.ZodObject | undefined =>
  schema.options.find((option): option is z.ZodObject => {
    if (!(option instanceof z.ZodObject)) return false;
    const literal: unknown = option.shape[tagKey];
    return literal instanceof z.ZodLiteral && literal.value === tag;
  });
