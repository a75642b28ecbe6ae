import { describeProblem, TraceError } from '../errors/trace-error.js';
import type { WireInteger } from '../model/integers.js';
import type { SchemaRules } from './rules.js';
import { schema1 } from './schema-1.js';

const schemas: ReadonlyMap<WireInteger, SchemaRules> = new Map([[schema1.version, schema1]]);

/** The rules for the `schema_version` of a manifest. Throws `schema_unsupported`. */
export const rulesFor = (version: WireInteger): SchemaRules => {
  const rules = schemas.get(version);
  if (rules) return rules;
  const known = [...schemas.keys()].join(', ');
  const message = `the recording has schema ${version}; this version reads ${known}`;
  throw new TraceError(describeProblem('schema_unsupported', message, { file: 'manifest.json' }));
};
