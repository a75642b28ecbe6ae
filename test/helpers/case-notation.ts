/**
 * JSON as text, and the notation that `.case` files write it in: JSON with short forms. Numbers and escapes keep
 * their spelling. test/cases/README.md describes the forms.
 */

export type Entry = readonly [key: string, value: Json];
/** A JSON value whose literals and keys are kept as they are spelled, quotes included. */
export type Json =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] };

export const literal = (text: string): Json => ({ kind: 'literal', text });
export const object = (entries: readonly Entry[]): Json => ({ kind: 'object', entries });
export const quoted = (text: string): string => JSON.stringify(text);

export function compact(value: Json): string {
  switch (value.kind) {
    case 'literal':
      return value.text;
    case 'list':
      return `[${value.items.map(compact).join(',')}]`;
    case 'object':
      return `{${value.entries.map(([key, item]) => `${key}:${compact(item)}`).join(',')}}`;
  }
}

export function pretty(value: Json, indent = ''): string {
  if (value.kind === 'literal') return value.text;
  const inner = `${indent}  `;
  const [open, close] = value.kind === 'list' ? ['[', ']'] : ['{', '}'];
  const lines =
    value.kind === 'list'
      ? value.items.map((item) => inner + pretty(item, inner))
      : value.entries.map(([key, item]) => `${inner}${key}: ${pretty(item, inner)}`);
  return lines.length === 0 ? open + close : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

export const same = (a: Json, b: Json): boolean => compact(a) === compact(b);

const ROOT = '00000000-0000-7000-8000-000000000001';
export const timeOf = (seq: string): string => String(1000 + 10 * Number(seq));

export const threadText = (short: string): string =>
  quoted(short === 'root' ? ROOT : ROOT.slice(0, -1) + short);

export function shortThread(text: string): string | undefined {
  const digit = /^"00000000-0000-7000-8000-00000000000([1-9a-f])"$/.exec(text)?.[1];
  return digit === undefined ? undefined : digit === '1' ? '@root' : `@${digit}`;
}

export function shortLiteral(text: string): string {
  return (
    shortThread(text) ??
    text.replace(/^"conversation_item:(\d+)"$/, '%$1').replace(/^"raw_payload:(\d+)"$/, '#$1')
  );
}

const payloadRef = (id: string, kind: string): string =>
  `{"raw_payload_id":"raw_payload:${id}","kind":{"type":"${kind}"},"path":"payloads/${id}.json"}`;

export function shortPayloadRef(text: string): string | undefined {
  const [, id, kind] = /^{"raw_payload_id":"raw_payload:(\d+)","kind":{"type":"([a-z_]+)"}/.exec(text) ?? [];
  if (id === undefined || kind === undefined) return undefined;
  return text === payloadRef(id, kind) ? `#${id}:${kind}` : undefined;
}

const executionWindow = (start: string, end: string, status: string): string =>
  `{"started_at_unix_ms":${timeOf(start)},"started_seq":${start},` +
  `"ended_at_unix_ms":${end === '' ? 'null' : timeOf(end)},"ended_seq":${end === '' ? 'null' : end},` +
  `"status":"${status}"}`;

function shortWindow(text: string): string | undefined {
  const found =
    /^{"started_at_unix_ms":\d+,"started_seq":(\d+),"ended_at_unix_ms":(?:null|\d+),"ended_seq":(null|\d+),"status":"([a-z]+)"}$/.exec(
      text,
    );
  const [, start, ended, status] = found ?? [];
  if (start === undefined || ended === undefined || status === undefined) return undefined;
  const end = ended === 'null' ? '' : ended;
  return text === executionWindow(start, end, status) ? `<${start}..${end} ${status}>` : undefined;
}

/** Short forms written `name(arguments)`; `$1` and `$2` stand for the arguments, which are strings. */
const CALLS: readonly (readonly [name: string, form: string])[] = [
  ['user', '{"type":"message","role":"user","content":[{"type":"input_text","text":$1}]}'],
  ['user', '{"type":"message","role":"user","content":[{"type":"input_text","text":$1}],"id":$2}'],
  ['assistant', '{"type":"message","role":"assistant","content":[{"type":"output_text","text":$1}]}'],
  ['assistant', '{"type":"message","role":"assistant","content":[{"type":"output_text","text":$1}],"id":$2}'],
  ['text', '{"type":"text","text":$1}'],
];

const arityOf = (form: string): number => (form.includes('$2') ? 2 : 1);
const formPattern = (form: string): RegExp =>
  new RegExp(
    `^${form
      .split(/\$[12]/)
      .map((part) => part.replace(/[[\]{}]/g, '\\$&'))
      .join(String.raw`("(?:[^"\\]|\\.)*")`)}$`,
  );
const CALL_PATTERNS = CALLS.map(([name, form]) => [name, formPattern(form)] as const);

function shortCall(text: string): string | undefined {
  for (const [name, pattern] of CALL_PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) return `${name}(${found.slice(1).join(', ')})`;
  }
  return undefined;
}

export function printShort(value: Json): string {
  if (value.kind === 'literal') return shortLiteral(value.text);
  if (value.kind === 'list') return `[${value.items.map(printShort).join(', ')}]`;
  const text = compact(value);
  return shortPayloadRef(text) ?? shortWindow(text) ?? shortCall(text) ?? printFields(value.entries);
}

const IDENTIFIER = '[A-Za-z_][A-Za-z0-9_]*';

export function printFields(entries: readonly Entry[]): string {
  const bare = new RegExp(`^"(${IDENTIFIER})"$`);
  return `{${entries.map(([key, item]) => `${key.replace(bare, '$1')}: ${printShort(item)}`).join(', ')}}`;
}

/** Reads JSON and the notation alike. */
export class Parser {
  private at: number;
  constructor(
    private readonly text: string,
    start = 0,
  ) {
    this.at = start;
  }

  static whole(text: string): Json {
    const parser = new Parser(text);
    const value = parser.value();
    if (parser.rest() !== '') throw parser.bad('more text');
    return value;
  }

  rest(): string {
    return this.text.slice(this.at).trimStart();
  }

  private bad(what: string): Error {
    return new Error(`${what} at column ${this.at + 1}: ${this.text.slice(this.at, this.at + 40)}`);
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text) ?? undefined;
    if (found !== undefined) this.at = sticky.lastIndex;
    return found;
  }

  private skip(char: string): boolean {
    this.take(/[ \t\r\n]*/);
    if (this.text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private expect(char: string): void {
    if (!this.skip(char)) throw this.bad(`expected ${char}`);
  }

  private until(close: string, item: () => void): void {
    if (this.skip(close)) return;
    do item();
    while (this.skip(','));
    this.expect(close);
  }

  value(): Json {
    if (this.skip('{')) {
      const entries: Entry[] = [];
      this.until('}', () => {
        const key = this.key();
        this.expect(':');
        entries.push([key, this.value()]);
      });
      return object(entries);
    }
    if (this.skip('[')) {
      const items: Json[] = [];
      this.until(']', () => items.push(this.value()));
      return { kind: 'list', items };
    }
    const plain = this.take(/"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*/);
    if (plain !== undefined) return literal(plain[0]);
    return this.shortForm();
  }

  private key(): string {
    this.take(/[ \t\r\n]*/);
    const found = this.take(/"(?:[^"\\\n]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*/)?.[0];
    if (found === undefined) throw this.bad('expected a key');
    return found.startsWith('"') ? found : `"${found}"`;
  }

  private shortForm(): Json {
    let found: RegExpExecArray | undefined;
    if ((found = this.take(/@(root|[2-9a-f])/))) return literal(threadText(found[1] ?? ''));
    if ((found = this.take(/%(\d+)/))) return literal(`"conversation_item:${found[1] ?? ''}"`);
    if ((found = this.take(/#(\d+):([a-z_]+)/)))
      return Parser.whole(payloadRef(found[1] ?? '', found[2] ?? ''));
    if ((found = this.take(/#(\d+)/))) return literal(`"raw_payload:${found[1] ?? ''}"`);
    if ((found = this.take(/<(\d+)\.\.(\d*) ([a-z]+)>/)))
      return Parser.whole(executionWindow(found[1] ?? '', found[2] ?? '', found[3] ?? ''));
    const word = this.take(/[A-Za-z_][A-Za-z0-9_]*/)?.[0];
    if (word === 'null' || word === 'true' || word === 'false') return literal(word);
    if (word === undefined || !CALLS.some(([name]) => name === word)) throw this.bad('expected a value');
    this.expect('(');
    const given: string[] = [];
    this.until(')', () => given.push(compact(this.value())));
    const form = CALLS.find(([name, each]) => name === word && arityOf(each) === given.length)?.[1];
    if (form === undefined) throw this.bad(`${word} does not take ${given.length} arguments`);
    return Parser.whole(form.replace(/\$([12])/g, (_, place) => given[Number(place) - 1] ?? ''));
  }
}

export function entriesOf(value: Json): readonly Entry[] {
  if (value.kind !== 'object') throw new Error(`expected an object, found ${compact(value)}`);
  return value.entries;
}

/** The value a JSON text spells, if `print` gives back exactly that text. */
export function parseExact(text: string, print: (value: Json) => string): Json | undefined {
  try {
    const value = Parser.whole(text);
    return print(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
