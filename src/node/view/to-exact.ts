import { ExactNumber, ExactObject, type ExactJson } from '../../json/exact.js';

/** Data that was read from JSON, as JSON without loss. */
export const toExact = (value: unknown): ExactJson => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return new ExactNumber(String(value));
  if (value instanceof ExactNumber) return value;
  if (Array.isArray(value)) return value.map(toExact);
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} is no JSON`);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return new ExactObject(new Map(members.map(([key, member]) => [key, toExact(member)])));
};
