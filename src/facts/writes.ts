import type { RolloutHeader, TableName, TraceRows } from '../model/rollout-trace.js';

type ListField<Row> = {
  [F in keyof Row]-?: Row[F] extends readonly unknown[] ? F : never;
}[keyof Row];
type ElementOf<List> = List extends readonly (infer E)[] ? E : never;

/** Adds a row, or replaces it. */
export type Insert = {
  [T in TableName]: {
    readonly type: 'insert';
    readonly table: T;
    readonly id: string;
    readonly row: TraceRows[T];
  };
}[TableName];

/** Replaces fields of a row; a row that is not there is left alone. */
export type Patch = {
  [T in TableName]: {
    readonly type: 'patch';
    readonly table: T;
    readonly id: string;
    readonly fields: Partial<TraceRows[T]>;
  };
}[TableName];

/** Appends to a list of a row. Whoever links makes sure that the list does not hold it yet. */
export type Link = {
  [T in TableName]: {
    [F in ListField<TraceRows[T]>]: {
      readonly type: 'link';
      readonly table: T;
      readonly id: string;
      readonly field: F;
      readonly add: readonly ElementOf<TraceRows[T][F]>[];
    };
  }[ListField<TraceRows[T]>];
}[TableName];

/** Takes a row out. */
export interface Remove {
  readonly type: 'remove';
  readonly table: TableName;
  readonly id: string;
}

/** Replaces fields of the trace itself. */
export interface SetHeader {
  readonly type: 'set_header';
  readonly fields: Partial<Omit<RolloutHeader<2>, 'schema_version'>>;
}

/** The only language in which anything gets into the trace. */
export type Write = Insert | Patch | Link | Remove | SetHeader;

export const insert = <T extends TableName>(table: T, id: string, row: TraceRows[T]): Insert =>
  ({ type: 'insert', table, id, row }) as Insert;

export const patch = <T extends TableName>(table: T, id: string, fields: Partial<TraceRows[T]>): Patch =>
  ({ type: 'patch', table, id, fields }) as Patch;

export const link = <T extends TableName, F extends ListField<TraceRows[T]>>(
  table: T,
  id: string,
  field: F,
  add: readonly ElementOf<TraceRows[T][F]>[],
): Link => ({ type: 'link', table, id, field, add }) as Link;

const writeTypes: ReadonlySet<string> = new Set<Write['type']>([
  'insert',
  'patch',
  'link',
  'remove',
  'set_header',
]);

export const isWrite = <Other extends { readonly type: string }>(fact: Other | Write): fact is Write =>
  writeTypes.has(fact.type);
