import { MAX_DEPTH } from './cursor.js';
import { parseExact } from './exact-parser.js';
import { printExact } from './print.js';
import { PRIVATE_NUMBER, PRIVATE_PREFIX, PRIVATE_RAW_VALUE } from './private-keys.js';

/**
 * JSON.parse for text that serde_json accepts, at little more than the cost of JSON.parse. It also refuses
 * what serde_json refuses and JSON.parse does not: more than 127 levels and lone surrogates. An object that
 * serde_json reads as another value (see private-keys.ts) becomes that value.
 *
 * JSON.parse returns nothing of a value that a repeated key replaces, so too many levels pass inside it, and a
 * reserved key that is written with escapes: to see them would take a walk through the whole text.
 *
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return parseStrictly(text);
  }
  return mayDiffer(value, text) ? parseStrictly(text) : value;
}

/**
 * Whether serde_json may refuse the text that JSON.parse read as `value`, or read it as another value. A
 * false alarm only costs time.
 */
export function mayDiffer(value: unknown, text: string): boolean {
  return SURROGATE_ESCAPE.test(text) || text.includes(PRIVATE_PREFIX) || shapeDiffers(value, MAX_DEPTH);
}

/** Text decoded from UTF-8 gets a lone surrogate only from an escape, and recorders write none. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/** Prints the lossless tree and reads it again, which gives plain data with all such objects resolved. */
function parseStrictly(text: string): unknown {
  return JSON.parse(printExact(parseExact(text)));
}

/** Loops instead of array methods, because every container of every document passes here. */
function shapeDiffers(value: unknown, levels: number): boolean {
  if (!isContainer(value)) return false;
  if (levels === 0) return true;
  if (isArray(value)) {
    for (const element of value) if (shapeDiffers(element, levels - 1)) return true;
    return false;
  }
  for (const key in value) {
    if (key === PRIVATE_NUMBER || key === PRIVATE_RAW_VALUE) return true;
    if (shapeDiffers(value[key], levels - 1)) return true;
  }
  return false;
}

type Container = readonly unknown[] | Readonly<Record<string, unknown>>;

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/** Array.isArray does not narrow a readonly array. */
function isArray(container: Container): container is readonly unknown[] {
  return Array.isArray(container);
}
