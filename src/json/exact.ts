import { type ExactJson, ExactNumber, ExactObject } from './tree.js';

export { parseExact } from './exact-parser.js';
export { type FieldType, parseStruct } from './struct-parser.js';
export { printExact } from './print.js';
export { withSortedKeys } from './order.js';
export { JsonSyntaxError } from './syntax-error.js';
export { type ExactJson, ExactNumber, ExactObject } from './tree.js';

/**
 * Plain data for a schema to check.
 *
 * Integers become numbers (bigints beyond 2^53 - 1). Any other number stays an ExactNumber, so that no schema
 * for integers accepts `5.0`, which serde refuses. Objects have no prototype, which makes `__proto__` a key
 * like any other.
 */
export function toWire(value: ExactJson): unknown {
  if (value instanceof ExactNumber) return value.asInteger() ?? value;
  if (value instanceof ExactObject) return wireObject(value);
  return typeof value === 'object' && value !== null ? value.map(toWire) : value;
}

function wireObject(object: ExactObject): unknown {
  const wire: Record<string, unknown> = Object.create(null);
  for (const [key, value] of object.entries) wire[key] = toWire(value);
  return wire;
}
