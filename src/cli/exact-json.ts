import { quoteJson } from '../json/compact.js';

/** Compact JSON with all digits of every integer: JSON.stringify knows none beyond the exact range of numbers. */
export const exactJson = (value: unknown): string => {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Integers beyond the exact range of numbers are rare: trying costs less than looking.
    if (!(error instanceof TypeError)) throw error;
    return printExactly(value);
  }
};

const printExactly = (value: unknown): string => {
  if (typeof value === 'string') return quoteJson(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(printExactly).join(',')}]`;
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [`${quoteJson(key)}:${printExactly(member)}`],
  );
  return `{${members.join(',')}}`;
};
