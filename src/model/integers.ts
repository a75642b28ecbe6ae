/**
 * An integer of the format (u64 or i64). A plain number where that is exact, a bigint beyond
 * ±(2^53 − 1), so that no recorded value changes. Equal values always have the same representation:
 * `===` and `<` are safe; arithmetic is not, and is never needed.
 */
export type WireInteger = number | bigint;

const I64_MIN = -(2n ** 63n);
const I64_MAX = 2n ** 63n - 1n;
const U64_MAX = 2n ** 64n - 1n;

const within = (min: bigint, max: bigint) => {
  // Numbers are compared with numbers, which is several times as fast. These may be rounded, but only
  // where they are beyond all safe integers.
  const [low, high] = [Number(min), Number(max)];
  return (value: unknown): value is WireInteger =>
    typeof value === 'number'
      ? Number.isSafeInteger(value) && value >= low && value <= high
      : typeof value === 'bigint' && value >= min && value <= max;
};

export const isU32 = within(0n, 2n ** 32n - 1n);
export const isI32 = within(-(2n ** 31n), 2n ** 31n - 1n);
export const isU64 = within(0n, U64_MAX);
export const isI64 = within(I64_MIN, I64_MAX);

/** The earlier of two times. */
export const earlier = (a: WireInteger, b: WireInteger): WireInteger => (b < a ? b : a);

/** The later of two times; the larger of two numbers. */
export const later = (a: WireInteger, b: WireInteger): WireInteger => (b < a ? a : b);
