import type * as z from 'zod/mini';
import { en } from 'zod/locales';

const { localeError } = en();

/** Parses as the schema says. The small zod says what is wrong only in a language that it is given. */
export const safeParse = <T>(schema: z.ZodMiniType<T>, value: unknown): z.core.util.SafeParseResult<T> =>
  schema.safeParse(value, { error: localeError });
