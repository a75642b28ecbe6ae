import type { BundleWriter } from '../bundle-writer.js';
import type { SchemaVersion } from '../options.js';
import type { Random } from '../random.js';
import type { RequestBase } from '../requests.js';
import type { Dialect } from './dialect.js';
import { schema1 } from './schema-1.js';
import { schema2 } from './schema-2.js';

export function dialectOf(
  schema: SchemaVersion,
  base: RequestBase,
  writer: BundleWriter,
  random: Random,
): Dialect {
  return schema === 1 ? schema1(base) : schema2(base, writer, random);
}
