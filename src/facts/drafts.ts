import { current, isDraft } from 'immer';

/** Whether a value mentions a draft of a state somewhere. */
export const holdsDraft = (value: unknown): boolean =>
  isDraft(value) || (typeof value === 'object' && value !== null && Object.values(value).some(holdsDraft));

/** The same value as it is now, for whoever keeps it after the step. */
export const withoutDrafts = (value: unknown): unknown => {
  if (isDraft(value)) return current(value);
  if (!holdsDraft(value)) return value;
  if (Array.isArray(value)) return value.map(withoutDrafts);
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, member]) => [key, withoutDrafts(member)]));
};
