import { ExactNumber, ExactObject, JsonSyntaxError, parseExact, type ExactJson } from './exact.js';

const WIDE = /\d{19}/;
const U128_MAX = 2n ** 128n - 1n;
const I128_MIN = -(2n ** 127n);

/**
 * Whether JSON text holds an integer that fits 128 bits but not 64: serde refuses it where it buffers a
 * tagged value, and keeps longer ones as text. Text that is no JSON after all is refused as well.
 */
export const holdsWideInteger = (json: string): boolean => {
  if (!WIDE.test(json)) return false;
  try {
    return isWide(parseExact(json));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return true;
    throw error;
  }
};

const isWide = (value: ExactJson): boolean => {
  if (value instanceof ExactNumber) {
    if (value.isInteger || !/^-?\d+$/.test(value.literal)) return false;
    const integer = BigInt(value.literal);
    return integer <= U128_MAX && integer >= I128_MIN;
  }
  if (value instanceof ExactObject) return [...value.entries.values()].some(isWide);
  return Array.isArray(value) && value.some(isWide);
};
