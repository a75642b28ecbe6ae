import { describeProblem, TraceError } from '../errors/trace-error.js';
import type { WireInteger } from '../model/integers.js';
import type { SchemaRules } from './rules.js';
import { schema1 } from './schema-1.js';
import { schema2 } from './schema-2.js';

/** Every schema that can be read. */
export const schemas: readonly SchemaRules[] = [schema1, schema2];

/** The rules for the `schema_version` of a manifest. Throws `schema_unsupported`. */
export const rulesFor = (version: WireInteger): SchemaRules => {
  const rules = schemas.find((schema) => schema.version === version);
  if (rules) return rules;
  const known = schemas.map((schema) => schema.version).join(' and ');
  const message = `the recording has schema ${version}; this version reads ${known}`;
  throw new TraceError(describeProblem('schema_unsupported', message, { file: 'manifest.json' }));
};
