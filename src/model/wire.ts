import * as z from 'zod/mini';
import { isI32, isI64, isU32, isU64, type WireInteger } from './integers.js';

/** Integers as serde reads them: spelled as integers, in range; `5.0` and `1e1` never reach here as numbers. */
const integer = (name: string, accepts: (value: unknown) => value is WireInteger) =>
  z.custom<WireInteger>(accepts, `expected ${name}`);

export const u32 = integer('u32', isU32);
export const i32 = integer('i32', isI32);
export const u64 = integer('u64', isU64);
export const i64 = integer('i64', isI64);

/** An `Option` of the format: null, or absent. */
export const optional = <T extends z.ZodMiniType>(schema: T) => z.nullish(schema);
