/** One line of the table. */
export interface Row {
  /** The scenario, or where the bundles come from. */
  readonly name: string;
  /** Version of Codex that recorded, or that reduced what we wrote. */
  readonly version: string;
  /** Events of all its bundles; unknown where there is no bundle. */
  readonly events?: number;
  readonly result: Result;
}

export type Result =
  /** The same bytes; what else is worth saying. */
  { readonly type: 'equal'; readonly note?: string } | { readonly type: 'different'; readonly how: string };

export const equal = (note?: string): Result =>
  note === undefined ? { type: 'equal' } : { type: 'equal', note };

export const different = (how: string): Result => ({ type: 'different', how });
