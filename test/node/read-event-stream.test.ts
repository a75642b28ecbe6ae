import { PassThrough, Readable } from 'node:stream';
import { lastValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { memoryPayloadStore, printTrace, reduceEvents } from '../../src/index.js';
import { readManifest } from '../../src/bundle/read-manifest.js';
import { readEvents } from '../../src/node/index.js';
import { caseFiles, caseState } from '../cli/command.js';

const collect = (stream: Readable): Promise<unknown[]> => lastValueFrom(readEvents(stream).pipe(toArray()));

describe('readEvents', () => {
  it('reads one event a line, however the bytes are cut', async () => {
    const bytes = Buffer.from('{"a":"é"}\r\n\n{"b":2}\n{"c":3}');
    const stream = Readable.from([...bytes].map((byte) => Buffer.of(byte)));
    expect(await collect(stream)).toEqual([{ a: 'é' }, { b: 2 }, { c: 3 }]);
  });

  it('tells each event as soon as its line is complete', async () => {
    const stream = new PassThrough();
    const seen: unknown[] = [];
    const end = new Promise<void>((resolve) => {
      readEvents(stream).subscribe({ next: (event) => seen.push(event), complete: resolve });
    });
    stream.write('{"a":1}\n{"b"');
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([{ a: 1 }]);
    stream.end(':2}\n');
    await end;
    expect(seen).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('fails at a line that is not JSON, and destroys the stream', async () => {
    const stream = new PassThrough();
    stream.write('{"a":1}\n{"torn\n');
    await expect(collect(stream)).rejects.toThrow('Could not parse row {"torn');
    expect(stream.destroyed).toBe(true);
  });

  it('fails with the error of the stream', async () => {
    const stream = new PassThrough();
    const failure = new Error('the other end is gone');
    const events = collect(stream);
    stream.destroy(failure);
    await expect(events).rejects.toBe(failure);
  });

  it('destroys the stream when nobody listens any more', async () => {
    const stream = new PassThrough();
    stream.write('{"a":1}\n{"b":2}\n');
    expect(await lastValueFrom(readEvents(stream).pipe(take(1)))).toEqual({ a: 1 });
    expect(stream.destroyed).toBe(true);
  });

  it('feeds a reduction as a file does', async () => {
    const files = caseFiles('agent-result');
    const text = (name: string): string => Buffer.from(files.get(name) ?? '').toString();
    const payloads = memoryPayloadStore(new Map([...files.keys()].map((name) => [name, text(name)])));
    const manifest = readManifest(text('manifest.json'));
    const events$ = readEvents(Readable.from([text('trace.jsonl')]));
    const { trace } = await reduceEvents(events$, manifest, { payloads, strict: true });
    expect([...printTrace(trace)].join('')).toBe(caseState('agent-result'));
  });
});
