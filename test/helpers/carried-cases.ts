import { readdirSync, readFileSync } from 'node:fs';
import { readCase, type Case } from './case-file.js';

/** A case, and the file in `test/cases` that it stands in. */
export interface CarriedCase extends Case {
  readonly file: string;
}

const FOLDER = new URL('../cases/', import.meta.url);

/** Every case of a schema, in the order of the files. */
export const carriedCases = (schema: string): readonly CarriedCase[] =>
  readdirSync(new URL(`${schema}/`, FOLDER))
    .filter((name) => name.endsWith('.case'))
    .toSorted()
    .map((name) => {
      const file = `${schema}/${name}`;
      return { file, ...readCase(readFileSync(new URL(file, FOLDER), 'utf8')) };
    });
