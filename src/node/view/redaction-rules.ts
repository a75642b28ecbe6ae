/**
 * What a redacted recording keeps: what says who, when and how it went, and never what. Whatever is not named
 * here is replaced, so a format that grows does not begin to leak.
 */

/** Below these anything may stand, with keys and numbers that somebody made up. */
const OPAQUE = new Set([
  'arguments',
  'input_schema',
  'instructions',
  'metadata',
  'parameters',
  'result',
  'tools',
  'output_schema',
  'value',
  'structured_content',
]);
export const isOpaque = (key: string): boolean => OPAQUE.has(key);

/** Keys that are kept below these: they are read there, or say how large something was. */
const KEPT_KEYS = new Set([
  'arguments',
  'author',
  'call_id',
  'cell_id',
  'chunk_id',
  'cmd',
  'command',
  'content',
  'encrypted_content',
  'exit_code',
  'id',
  'input',
  'max_output_tokens',
  'message',
  'original_token_count',
  'output',
  'recipient',
  'role',
  'session_id',
  'summary',
  'target',
  'text',
  'trigger_turn',
  'type',
  'workdir',
  'yield_time_ms',
]);
export const isKeptKey = (key: string): boolean => KEPT_KEYS.has(key);

export const isKeptNumber = (key: string): boolean =>
  ['exit_code', 'session_id'].includes(key) || /_(?:ms|tokens|token_count)$/.test(key);

/** Strings of the format itself, or names of machinery. */
const KEPT_TEXTS = new Set([
  'channel',
  'event_type',
  'kind',
  'model',
  'name',
  'nickname',
  'path',
  'phase',
  'provider_name',
  'raw_event_log',
  'payloads_dir',
  'reasoning_effort',
  'role',
  'server',
  'status',
  'tool',
  'tool_name',
  'type',
]);

/** One word, with nothing in it that a path or a sentence needs. */
const WORD = /^[\w.:-]{1,200}$/;
const PAYLOAD_PATH = /^payloads\/\w+\.json$/;

export const isKeptText = (key: string, text: string, isOpen: boolean): boolean => {
  if (text === '') return true;
  if (key === 'path') return isOpen && PAYLOAD_PATH.test(text);
  if (isId(key)) return (isOpen || READ_IDS.has(key)) && WORD.test(text);
  return isOpen && KEPT_TEXTS.has(key) && WORD.test(text);
};

/** Ids that are read where a tool was called; any other there is somebody's own. */
const READ_IDS = new Set(['call_id', 'cell_id', 'chunk_id', 'session_id']);

const isId = (key: string): boolean => key === 'id' || key === 'raw_payload_id' || key.endsWith('_id');
