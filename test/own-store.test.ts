import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { exampleSession } from '../scripts/example/session.js';
import { payloadMissing, readManifest, reduceEvents, type AsyncPayloadStore } from '../src/index.js';

const files = exampleSession();
const manifest = readManifest(files.get('manifest.json') ?? '');
const events: readonly unknown[] = (files.get('trace.jsonl') ?? '')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** Has all payloads but one. */
const storeWithout = (lost: string, fail: AsyncPayloadStore['load']): AsyncPayloadStore => ({
  load: async (ref) => (ref.path === lost ? fail(ref) : (files.get(ref.path) ?? '')),
});
const [lost = ''] = [...files.keys()].filter((name) => name.startsWith('payloads/'));
const offline = new Error('offline');

describe('a store of payloads of a user', () => {
  it('says that one is missing, which is reported, and all else is reduced', async () => {
    const payloads = storeWithout(lost, async (ref) => {
      throw payloadMissing(ref, { cause: offline });
    });
    const { trace, diagnostics } = await reduceEvents(from(events), manifest, { payloads });
    expect(diagnostics).toMatchObject([{ code: 'payload_missing', file: lost }]);
    expect(trace.threads.size).toBeGreaterThan(1);
  });

  it('ends the reduction by any other error', async () => {
    const payloads = storeWithout(lost, async () => {
      throw offline;
    });
    await expect(reduceEvents(from(events), manifest, { payloads })).rejects.toBe(offline);
  });
});
