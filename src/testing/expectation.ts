/** Throws an Error that shows where two values differ, unless they are equal in all their parts. */
export const expectEqual = (what: string, actual: unknown, expected: unknown): void => {
  if (matches(actual, expected)) return;
  const lines = difference(printed(actual), printed(aligned(actual, expected)));
  throw new Error(`${what} (- expected, + found):\n${lines.join('\n')}`);
};

/** Stands in an expected value for all values that test runners call asymmetric matchers. */
interface Matcher {
  asymmetricMatch(actual: unknown): boolean;
}

/** Matches an object that has these fields, whatever else it has. */
export class Containing<Fields extends object> implements Matcher {
  readonly fields: Fields;

  constructor(fields: Fields) {
    this.fields = fields;
  }

  asymmetricMatch(actual: unknown): boolean {
    return (
      isObject(actual) && Object.entries(this.fields).every(([key, value]) => matches(actual[key], value))
    );
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isMatcher = (value: unknown): value is Matcher =>
  isObject(value) && typeof value['asymmetricMatch'] === 'function';

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

type Collection = ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>;

const isCollection = (value: unknown): value is Collection => value instanceof Map || value instanceof Set;

/** In one order, whichever they came in. */
const membersOf = (collection: Collection): readonly unknown[] =>
  [...collection].toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));

const matches = (actual: unknown, expected: unknown): boolean => {
  if (Object.is(actual, expected)) return true;
  if (isMatcher(expected)) return expected.asymmetricMatch(actual);
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.length === expected.length && expected.every((each, index) => matches(actual[index], each));
  }
  if (isCollection(actual) && isCollection(expected)) {
    return actual.constructor === expected.constructor && matches(membersOf(actual), membersOf(expected));
  }
  if (!isPlain(actual) || !isPlain(expected)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) => Object.hasOwn(actual, key) && matches(actual[key], expected[key]))
  );
};

/** The expected value, with what was found where that matches: so that only what differs is shown. */
const aligned = (actual: unknown, expected: unknown): unknown => {
  if (matches(actual, expected)) return actual;
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return expected.map((each, index) => aligned(actual[index], each));
  }
  if (expected instanceof Containing) {
    return isPlain(actual) ? { ...actual, ...alignedFields(actual, expected.fields) } : expected.fields;
  }
  return isPlain(actual) && isPlain(expected) ? alignedFields(actual, expected) : expected;
};

const alignedFields = (actual: Readonly<Record<string, unknown>>, expected: object): object =>
  Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, aligned(actual[key], value)]));

/** A value as text in which equal values are equal: with its keys in one order. Functions are left unsaid. */
export const textOf = (value: unknown): string => JSON.stringify(value, shown, 2) ?? 'undefined';

const printed = (value: unknown): readonly string[] =>
  (typeof value === 'string' ? value : textOf(value)).split('\n');

/** What JSON has no word for, and the keys of an object in one order. */
const shown = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return `${value}n`;
  if (value === undefined || typeof value === 'function') return `<${typeof value}>`;
  if (isCollection(value)) return membersOf(value);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

const CONTEXT = 3;

/** From the first line that differs to the last, with a few around them. */
const difference = (actual: readonly string[], expected: readonly string[]): readonly string[] => {
  const shorter = Math.min(actual.length, expected.length);
  let head = 0;
  while (head < shorter && actual[head] === expected[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && actual.at(-1 - tail) === expected.at(-1 - tail)) tail += 1;
  const marked = (mark: string, lines: readonly string[]) => lines.map((line) => `${mark} ${line}`);
  return [
    ...marked(' ', actual.slice(Math.max(0, head - CONTEXT), head)),
    ...marked('-', expected.slice(head, expected.length - tail)),
    ...marked('+', actual.slice(head, actual.length - tail)),
    ...marked(' ', actual.slice(actual.length - tail, actual.length - tail + CONTEXT)),
  ];
};
