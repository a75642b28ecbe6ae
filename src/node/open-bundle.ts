import { MANIFEST_FILE, readManifest } from '../bundle/read-manifest.js';
import type { SyncPayloadStore } from '../bundle/payload.js';
import type { Manifest } from '../model/manifest.js';
import { bundleFiles, type BundleFiles } from './bundle-files.js';

/** A bundle on disk, with its manifest read. */
export interface OpenBundle {
  readonly files: BundleFiles;
  readonly manifest: Manifest;
  readonly payloads: SyncPayloadStore;
}

/** Throws `manifest_unreadable` where the folder is no bundle. */
export const openBundle = (directory: string): OpenBundle => {
  const files = bundleFiles(directory);
  const text = files.readText(MANIFEST_FILE, 'manifest_unreadable', 'manifest_unreadable', 'the manifest');
  return {
    files,
    manifest: readManifest(text),
    payloads: {
      readNow: ({ raw_payload_id, path }) =>
        files.readText(path, 'payload_missing', 'payload_invalid', `payload ${raw_payload_id}`),
    },
  };
};
