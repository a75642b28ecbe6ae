import { Cursor } from './cursor.js';
import { Parser } from './exact-parser.js';
import { skipValue } from './skip.js';
import type { ExactJson } from './tree.js';

/** Of what type a field is: serde's `Value`, or one that knows what it reads. */
export type FieldType = 'value' | 'typed';

/**
 * Parses JSON as serde_json does where it reads text straight into a struct: an object with these fields, or a
 * list of them in their order. Three things differ from a `Value`. A key stands for another value only in a field
 * that is one. A typed field that is `-0` becomes `-0.0`, because serde_json makes a double of it. Members that
 * are no field are left out: they may be any JSON, of any depth and with lone surrogates.
 *
 * @throws JsonSyntaxError
 */
export function parseStruct(text: string, fields: ReadonlyMap<string, FieldType>): ExactJson {
  return new StructParser(new Cursor(text), fields).document();
}

class StructParser extends Parser {
  private readonly fields: ReadonlyMap<string, FieldType>;
  private readonly order: readonly FieldType[];

  constructor(cursor: Cursor, fields: ReadonlyMap<string, FieldType>) {
    super(cursor);
    this.fields = fields;
    this.order = [...fields.values()];
  }

  protected override isPrivate(): boolean {
    return false;
  }

  protected override element(index: number, depth: number): ExactJson {
    return depth === 1 && this.order[index] === 'value' ? this.untyped() : this.value(depth);
  }

  protected override member(key: string, depth: number): ExactJson | undefined {
    if (depth > 1) return this.value(depth);
    const type = this.fields.get(key);
    if (type === undefined) return this.ignore();
    return type === 'value' ? this.untyped() : this.value(depth);
  }

  protected override number(depth: number): string {
    const spelling = super.number(depth);
    return depth === 1 && spelling === '-0' ? '-0.0' : spelling;
  }

  private untyped(): ExactJson {
    return new Parser(this.cursor).value(1);
  }

  /** Steps over a value. Where it is no JSON, reading it says why. */
  private ignore(): undefined {
    this.cursor.peek();
    const { text, at } = this.cursor;
    const end = skipValue(text, at);
    if (isJson(text.slice(at, end))) this.cursor.at = end;
    else this.value(1);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
