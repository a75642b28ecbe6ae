import { expect, it } from 'vitest';
import { bundleFiles } from '../../src/node/bundle-files.js';
import { isTraceError } from '../../src/index.js';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';

const read = (path: string): Promise<string> =>
  withBundleOnDisk(new Map([['payloads/1.json', 'evidence']]), (folder) =>
    bundleFiles(folder).readText({
      path,
      subject: 'payload P',
      missing: 'payload_missing',
      invalid: 'payload_invalid',
    }),
  );

it.each(['payloads/1.json', './payloads//1.json', 'payloads/../payloads/./1.json'])(
  'opens %s',
  async (path) => {
    expect(await read(path)).toBe('evidence');
  },
);

it.each(['payloads/1.json/', 'payloads/1.json/.', 'payloads/1.json/../1.json', 'no/../payloads/1.json'])(
  'does not open %s: something in it is no folder',
  async (path) => {
    await expect(read(path)).rejects.toSatisfy((error) => isTraceError(error, 'payload_missing'));
  },
);
