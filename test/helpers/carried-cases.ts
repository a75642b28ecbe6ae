import { readdirSync, readFileSync } from 'node:fs';
import { readCase, type Case, type Schema } from './case-file.js';

/** A case, and the file in `test/cases` that it stands in. */
export interface CarriedCase extends Case {
  readonly file: string;
}

const FOLDER = new URL('../cases/', import.meta.url);

const SCHEMAS = ['schema-1', 'schema-2'] as const satisfies readonly `schema-${Schema}`[];

/** Every case of a schema, or of all schemas, in the order of the files. A name may stand in more than one schema. */
export const carriedCases = (schema?: (typeof SCHEMAS)[number]): readonly CarriedCase[] =>
  (schema === undefined ? SCHEMAS : [schema]).flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, FOLDER))
      .filter((name) => name.endsWith('.case'))
      .toSorted()
      .map((name) => {
        const file = `${folder}/${name}`;
        return { file, ...readCase(readFileSync(new URL(file, FOLDER), 'utf8')) };
      }),
  );
