import type { OpenedBundle } from '../fuzz/bundle.js';

/** The log of a bundle as events from anywhere: what is no event is one that cannot be read. */
export const eventsOf = ({ entries }: Pick<OpenedBundle, 'entries'>): readonly unknown[] =>
  entries.map((entry) => (entry.type === 'event' ? entry.event : 'no event'));

/** Any value as text that can be compared. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (inner instanceof Map) return [...inner];
    return inner instanceof Set ? [...inner] : inner;
  });
