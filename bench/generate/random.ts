const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const POOL_LENGTH = 1 << 18;

/** Words as they stand in command output: paths, quotes, operators and some text outside ASCII. */
const VOCABULARY =
  'error warning note: fn impl const await return struct export src/lib.rs test/main.ts node_modules ' +
  '-rw-r--r-- 0x7f => :: {} [] // "quoted" C:\\temp TODO the parser expected found column ok passed FAIL ' +
  "'single' héllo naïve 日本 ✓";

/** Search words that are safe inside a shell command and inside cut JSON summaries: ASCII alone. */
export const SEARCH_WORDS = ['error', 'impl', 'async', 'struct', 'TODO', 'export', 'parser', '"quoted"'];

/** A seeded generator (mulberry32): the same seed makes the same bundle on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds are spread out first, so that seeds 1 and 2 do not start alike.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number between both bounds, bounds included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One character of `alphabet`, or one word of a list. */
  pick(choices: ArrayLike<string>): string {
    return choices[this.integer(0, choices.length - 1)] ?? '';
  }

  string(length: number, alphabet: string): string {
    return Array.from({ length }, () => this.pick(alphabet)).join('');
  }

  hex(length: number): string {
    return this.string(length, '0123456789abcdef');
  }

  /** A version 7 UUID, the kind that Codex uses for threads and turns. */
  uuid(unixMs: number): string {
    const time = unixMs.toString(16).padStart(12, '0');
    const variant = this.pick('89ab') + this.hex(3);
    return [time.slice(0, 8), time.slice(8), `7${this.hex(3)}`, variant, this.hex(12)].join('-');
  }
}

/** Cuts texts out of two pools that are built once: making each text word by word would dominate the run. */
export class TextPool {
  readonly #random: Random;
  readonly #output: string;
  readonly #cipher: string;

  constructor(random: Random) {
    this.#random = random;
    this.#output = commandOutput(random);
    this.#cipher = random.string(POOL_LENGTH >> 2, BASE64_URL);
  }

  /** Text that looks like the output of a command. Longer texts than the pool repeat it. */
  output(length: number): string {
    return this.#cut(this.#output, length);
  }

  /** The same, reduced to ASCII: see the note on function arguments in history.ts. */
  ascii(length: number): string {
    return this.output(length).replace(/[^\n -~]/g, '?');
  }

  /** An opaque blob. The random head makes it unique, since blobs are what identifies reasoning items. */
  encrypted(length: number): string {
    return `gAAAAA${this.#random.hex(16)}${this.#cut(this.#cipher, length)}`;
  }

  #cut(pool: string, length: number): string {
    if (length >= pool.length) return pool.repeat(Math.ceil(length / pool.length)).slice(0, length);
    const start = this.#random.integer(0, pool.length - length);
    return pool.slice(start, start + length);
  }
}

function commandOutput(random: Random): string {
  const vocabulary = VOCABULARY.split(' ');
  const lines: string[] = [];
  for (let length = 0; length < POOL_LENGTH;) {
    const indent = random.chance(0.2) ? '\t' : random.chance(0.3) ? '    ' : '';
    const words = Array.from({ length: random.integer(3, 14) }, () => random.pick(vocabulary));
    const line = `${indent}${words.join(' ')}\n`;
    lines.push(line);
    length += line.length;
  }
  return lines.join('');
}
