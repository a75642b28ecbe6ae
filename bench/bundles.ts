import { join } from 'node:path';
import { generateBundle, type GeneratedBundle, type GenerateInput } from './generate/generate.js';
import type { SchemaVersion } from './generate/options.js';
import type { BundleKind } from './rows.js';

export interface Kind {
  readonly kind: BundleKind;
  readonly schema: SchemaVersion;
  readonly input: Partial<GenerateInput>;
  /** How many times as long the session of which the growth is measured is, if it is. */
  readonly growth?: number;
  /** How many times as long the sessions are that are run once, for their memory. */
  readonly large: readonly number[];
}

const FULL = { kind: 'c', schema: 1, input: { mode: 'full' }, large: [3] } as const;

/** `large`: with 4 GB of full requests, which take minutes to be written alone. */
export const kinds = ({ large }: { readonly large: boolean }): readonly Kind[] => [
  { ...FULL, growth: large ? 10 : 3 },
  { kind: 'ic', schema: 1, input: { mode: 'incremental' }, growth: 10, large: [3, 10] },
  // Without compaction the lists of each request grow with the history, so the result itself is quadratic.
  { kind: 'i', schema: 1, input: { mode: 'incremental', compactEvery: 0 }, large: [3] },
  { kind: 's2-c', schema: 2, input: { mode: 'full' }, large: [] },
  { kind: 's2-ic', schema: 2, input: { mode: 'incremental' }, growth: 10, large: [10] },
];

export interface Bundle extends GeneratedBundle {
  readonly kind: BundleKind;
  readonly schema: SchemaVersion;
  readonly name: string;
}

/** Writes a bundle below a folder. Its name tells kind and size, such as ic10k. */
export function makeBundle(folder: string, { kind, schema, input }: Kind, events: number): Bundle {
  const name = `${kind}${events / 1000}k`;
  console.error(`generating ${name}`);
  return { kind, schema, name, ...generateBundle({ ...input, schema, out: join(folder, name), events }) };
}
