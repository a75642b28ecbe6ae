import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reducers, type Binaries } from '../codex/versions.js';
import { compareFolder } from '../../test/fuzz/difference.js';
import { eventTypesIn } from './log.js';
import { keepBundle } from './keep.js';
import { different, equal, type Result, type Row } from './row.js';
import type { BundleSource } from './sources.js';

/** What our own code writes is reduced by the real Codex, to the bytes that we give. One row. */
export const checkWritten = async (
  source: BundleSource,
  binaries: Binaries,
  stop: AbortSignal,
): Promise<Row> => {
  const version = reducers[source.schema];
  const scratch = mkdtempSync(path.join(tmpdir(), 'rollout-trace-written-'));
  let events = 0;
  let result: Result = equal(`${source.bundles} bundles`);
  try {
    for (let number = 0; number < source.bundles && result.type === 'equal'; number++) {
      stop.throwIfAborted();
      const bundle = path.join(scratch, String(number));
      await source.write(bundle, number);
      const { original, difference } = await compareFolder(binaries[version], bundle);
      events += eventTypesIn(bundle).length;
      if (original.type === 'graph' && !difference) continue;
      const how = difference?.group ?? `what we wrote is refused: ${JSON.stringify(original)}`;
      result = different(`${how}; ${keepBundle(bundle, original, `${source.name}-${version}`, how)}`);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return { name: source.name, version, events, result };
};
