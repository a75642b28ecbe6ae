import { MANIFEST_FILE } from '../model/files.js';
import { readManifest } from '../bundle/read-manifest.js';
import type { SyncPayloadStore } from '../bundle/payload.js';
import type { Manifest } from '../model/manifest.js';
import type { RawPayloadRef } from '../model/payload-ref.js';
import { commonLengthOfBuffers } from './common-length-of-buffers.js';
import { bundleFiles, type BundleFile, type BundleFiles } from './bundle-files.js';

/** A bundle on disk, with its manifest read. */
export interface OpenBundle {
  readonly files: BundleFiles;
  readonly manifest: Manifest;
  readonly payloads: SyncPayloadStore;
}

/** Throws `manifest_unreadable` where the folder is no bundle. */
export const openBundle = (directory: string): OpenBundle => {
  const files = bundleFiles(directory);
  const manifest = readManifest(files.readText(manifestFile));
  return { files, manifest, payloads: payloadFiles(files) };
};

export const manifestFile: BundleFile = {
  path: MANIFEST_FILE,
  subject: 'the manifest',
  missing: 'manifest_unreadable',
  invalid: 'manifest_unreadable',
};

const payloadFiles = (files: BundleFiles): SyncPayloadStore => ({
  readNow: (ref) => files.readText(payloadFile(ref)),
  bytes: {
    readNow: (ref) => files.readBytes(payloadFile(ref)),
    decode: (bytes, ref) => files.decode(bytes, payloadFile(ref)),
    commonLength: commonLengthOfBuffers,
  },
});

/** A payload as a file of its bundle. */
export const payloadFile = (ref: RawPayloadRef): BundleFile => ({
  path: ref.path,
  subject: `payload ${ref.raw_payload_id}`,
  missing: 'payload_missing',
  invalid: 'payload_invalid',
});
