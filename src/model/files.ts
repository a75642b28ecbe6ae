/** The files of a bundle whose names are fixed. */
export const MANIFEST_FILE = 'manifest.json';
export const LOG_FILE = 'trace.jsonl';
/** Where a recorder puts payloads; readers follow the path of each reference. */
export const PAYLOADS_FOLDER = 'payloads';
