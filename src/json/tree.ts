const U64_MAX = (1n << 64n) - 1n;
const I64_MIN = -(1n << 63n);
/** Every integer of up to this many digits is in range and needs no big integer to prove it. */
const SURELY_SAFE_LENGTH = 15;

/**
 * A JSON number as its text, because a double cannot tell `1.0` from `1` nor hold a 64-bit integer.
 *
 * The spelling is the one serde_json prints with arbitrary precision: an exponent is a lower-case `e` with a
 * sign, the integer `-0` is `0`, and everything else stays as written.
 */
export class ExactNumber {
  readonly literal: string;

  /** `spelling` must already follow the JSON grammar for numbers. */
  constructor(spelling: string) {
    this.literal = canonical(spelling);
  }

  /** Spelled without fraction and exponent, and within i64..u64: what serde takes for an integer. */
  get isInteger(): boolean {
    if (!/^-?\d+$/.test(this.literal)) return false;
    if (this.literal.length <= SURELY_SAFE_LENGTH) return true;
    const integer = BigInt(this.literal);
    return integer >= I64_MIN && integer <= U64_MAX;
  }

  /** A number while a double is exact, a bigint beyond, `undefined` when serde sees no integer here. */
  asInteger(): number | bigint | undefined {
    if (!this.isInteger) return undefined;
    const integer = Number(this.literal);
    return Number.isSafeInteger(integer) ? integer : BigInt(this.literal);
  }
}

function canonical(spelling: string): string {
  if (spelling === '-0') return '0';
  const mark = spelling.search(/[eE]/);
  if (mark === -1) return spelling;
  const exponent = spelling.slice(mark + 1);
  return `${spelling.slice(0, mark)}e${/^[+-]/.test(exponent) ? '' : '+'}${exponent}`;
}

/**
 * A JSON object in the order it was written (a plain object would move integer-like keys to the front).
 *
 * A repeated key keeps the place of its first use and the value of its last, as in serde's ordered map.
 * `repeated` names such keys: serde's structs refuse a known field that occurs twice.
 */
export class ExactObject {
  readonly entries: ReadonlyMap<string, ExactJson>;
  readonly repeated: ReadonlySet<string>;

  constructor(entries: ReadonlyMap<string, ExactJson>, repeated: ReadonlySet<string> = new Set()) {
    this.entries = entries;
    this.repeated = repeated;
  }

  get(key: string): ExactJson | undefined {
    return this.entries.get(key);
  }
}

/** Any JSON value, without loss. */
export type ExactJson = null | boolean | string | ExactNumber | readonly ExactJson[] | ExactObject;
