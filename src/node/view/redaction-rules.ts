import { LOG_FILE } from '../../model/files.js';

/** What a redacted recording keeps besides words of the format: who, when, how long and how much. */

/** One word, with nothing in it that a path or a sentence needs. */
const WORD = /^[\w.:-]{1,128}$/;
/** The same, in the ways in which a UUID may be written. */
const UUID = /^(?:urn:uuid:|\{)?[0-9a-fA-F-]{32,36}\}?$/;
export const isPlainId = (text: string): boolean => WORD.test(text) || UUID.test(text);

export const isId = (key: string): boolean => key === 'id' || /_ids?$/.test(key);

/** Ids that are read where somebody else decides what stands; any other there is their own. */
const READ_IDS = new Set(['call_id', 'cell_id', 'chunk_id', 'process_id', 'session_id']);
export const isReadId = (key: string): boolean => READ_IDS.has(key);

/** Says what the tokens were spent on, and with whom. */
export const isModel = (key: string, text: string): boolean =>
  (key === 'model' || key === 'provider_name') && WORD.test(text);

export const isPayloadPath = (text: string): boolean => /^payloads\/\d{1,9}\.json$/.test(text);

/** What each manifest says alike. */
export const isUsualPlace = (key: string, text: string): boolean =>
  (key === 'raw_event_log' && text === LOG_FILE) || (key === 'payloads_dir' && text === 'payloads');

const COUNTERS = new Set(['depth', 'exit_code', 'nanos', 'schema_version', 'secs', 'seq', 'session_id']);
export const isMeasure = (key: string): boolean =>
  COUNTERS.has(key) || /_(?:at|count|ms|seconds|tokens|window)$/.test(key);

const READ_MEASURES = new Set([
  'exit_code',
  'max_output_tokens',
  'original_token_count',
  'session_id',
  'yield_time_ms',
]);
export const isReadMeasure = (key: string): boolean => READ_MEASURES.has(key);
