import { type ExactJson, ExactNumber, ExactObject } from './tree.js';

/**
 * A JSON string literal as serde_json writes it: `"`, `\` and control characters are escaped (`\b \f \n \r \t`,
 * else `\u00xx` in lower case), all else is raw. For well-formed text that is what JSON.stringify does.
 */
export function quoteJson(text: string): string {
  return JSON.stringify(text);
}

/** The compact form serde_json prints: no white space, keys in order, numbers by their text. */
export function printExact(value: ExactJson): string {
  if (typeof value === 'string') return quoteJson(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof ExactNumber) return value.literal;
  if (value instanceof ExactObject) {
    let fields = '';
    for (const [key, field] of value.entries) {
      fields += `${fields === '' ? '' : ','}${quoteJson(key)}:${printExact(field)}`;
    }
    return `{${fields}}`;
  }
  return `[${value.map(printExact).join(',')}]`;
}
