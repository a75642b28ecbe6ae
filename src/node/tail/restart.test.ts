import { expect, it } from 'vitest';
import { restartOf, type Followed, type Found } from './restart.js';

const manifest = {
  schema_version: 1,
  trace_id: 'trace-1',
  rollout_id: 'rollout-1',
  root_thread_id: 'thread-1',
  started_at_unix_ms: 1000,
  raw_event_log: 'trace.jsonl',
  payloads_dir: 'payloads',
};
const followed: Followed = { manifest, identity: '1 7', offset: 100, seal: Buffer.from('end\n') };
const found: Found = { manifest: { ...manifest }, identity: '1 7', size: 100, seal: Buffer.from('end\n') };

it.each([
  ['the same log', found, null],
  ['a log that grew', { ...found, size: 200 }, null],
  ['a shorter log', { ...found, size: 99, seal: Buffer.from('end') }, 'truncated'],
  ['another file', { ...found, identity: '1 8' }, 'replaced'],
  ['another manifest', { ...found, manifest: { ...manifest, trace_id: 'trace-2' } }, 'replaced'],
  ['a log that was cut and written again', { ...found, size: 300, seal: Buffer.from('...\n') }, 'replaced'],
])('decides on %s', (_, each, restart) => {
  expect(restartOf(followed, each)).toBe(restart);
});
