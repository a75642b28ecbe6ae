/** Where one value stands in a JSON text. */
export interface Span {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'word';
  /** Offsets of the value. */
  readonly start: number;
  readonly end: number;
  /** Key of a member, unquoted but with its escapes; null for an element and for the root. */
  readonly key: string | null;
  /** Where the key of a member starts; for other values the same as `start`. */
  readonly from: number;
  readonly parent: Span | null;
  readonly children: readonly Span[];
}

/**
 * Finds all values of a JSON text, the root first, each before its children. It looks at structure only
 * and never interprets a value, so an edit can put anything in its place. Undefined where the structure
 * does not hold.
 */
export const scanJson = (text: string): readonly Span[] | undefined => {
  const known = cache.get(text);
  if (known !== undefined) return known ?? undefined;
  if (cache.size >= CACHED) cache.clear();
  const spans = new Scanner(text).scan();
  cache.set(text, spans ?? null);
  return spans;
};

/** Most lines of a mutant are those of its source. */
const cache = new Map<string, readonly Span[] | null>();
const CACHED = 10_000;

type OpenSpan = { -readonly [F in keyof Span]: Span[F] } & { children: OpenSpan[] };

const STRING = /"(?:[^"\\]|\\.)*"/sy;
const NUMBER = /-?[\d.eE+-]+/y;
const WORD = /[a-z]+/y;
const SPACE = /[ \t\r\n]*/y;

class Scanner {
  readonly #text: string;
  readonly #spans: OpenSpan[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): readonly Span[] | undefined {
    this.#space();
    if (!this.#value(null, this.#at, null)) return undefined;
    this.#space();
    return this.#at === this.#text.length ? this.#spans : undefined;
  }

  #value(key: string | null, from: number, parent: OpenSpan | null): boolean {
    const start = this.#at;
    const open = (kind: Span['kind']): OpenSpan => {
      const span = { kind, start, end: start, key, from, parent, children: [] };
      this.#spans.push(span);
      parent?.children.push(span);
      return span;
    };
    switch (this.#text[start]) {
      case '{':
        return this.#container(open('object'), '}');
      case '[':
        return this.#container(open('array'), ']');
      case '"':
        return this.#leaf(open('string'), STRING);
      default:
        return /[a-z]/.test(this.#text[start] ?? '')
          ? this.#leaf(open('word'), WORD)
          : this.#leaf(open('number'), NUMBER);
    }
  }

  #container(span: OpenSpan, close: string): boolean {
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] === close) return this.#closeAt(span);
    for (;;) {
      const from = this.#at;
      let key: string | null = null;
      if (span.kind === 'object') {
        const quoted = this.#take(STRING);
        if (quoted === undefined) return false;
        key = quoted.slice(1, -1);
        this.#space();
        if (this.#text[this.#at] !== ':') return false;
        this.#at += 1;
        this.#space();
      }
      if (!this.#value(key, from, span)) return false;
      this.#space();
      if (this.#text[this.#at] === close) return this.#closeAt(span);
      if (this.#text[this.#at] !== ',') return false;
      this.#at += 1;
      this.#space();
    }
  }

  #closeAt(span: OpenSpan): true {
    this.#at += 1;
    span.end = this.#at;
    return true;
  }

  #leaf(span: OpenSpan, pattern: RegExp): boolean {
    if (this.#take(pattern) === undefined) return false;
    span.end = this.#at;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #space(): void {
    this.#take(SPACE);
  }
}
