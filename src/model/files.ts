/** The files of a bundle whose names are fixed. */
export const MANIFEST_FILE = 'manifest.json';
export const LOG_FILE = 'trace.jsonl';
