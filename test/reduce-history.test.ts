import { concat, from, lastValueFrom, Subject, throwError, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { exampleSession } from '../scripts/example/session.js';
import {
  EventLine,
  memoryPayloadStore,
  printTrace,
  readManifest,
  reduceEvents,
  reduceHistory,
  type PayloadStore,
  type Reduction,
  type TraceHistory,
} from '../src/index.js';

const files = exampleSession();
const textOf = (name: string): string => files.get(name) ?? '';
const manifest = readManifest(textOf('manifest.json'));
const events: readonly unknown[] = textOf('trace.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const payloads = memoryPayloadStore(files);

const told = ({ trace, diagnostics, unresolved }: Reduction) => ({
  text: [...printTrace(trace)].join(''),
  diagnostics,
  unresolved,
});

describe('the history of events from anywhere', () => {
  it('has the session as it stood behind each event', async () => {
    const history = await lastValueFrom(reduceHistory(from(events), manifest, { payloads }));
    expect([history.length, history.firstSeq, history.lastSeq]).toEqual([events.length, 1, events.length]);
    for (const seq of [0, 1, events.length, 40, 65]) {
      const prefix = await reduceEvents(from(events.slice(0, seq)), manifest, { payloads });
      expect(told(history.at(seq))).toEqual(told(prefix));
      expect(told(history.after(seq))).toEqual(told(prefix));
    }
  });

  it('grows while they come, and tells what cannot be read', () => {
    const events$ = new Subject<unknown>();
    const seen: TraceHistory[] = [];
    reduceHistory(events$, manifest, { payloads }).subscribe((history) => void seen.push(history));
    const lengths = () => seen.map(({ length, firstSeq, lastSeq }) => [length, firstSeq, lastSeq]);
    expect(lengths()).toEqual([[0, null, null]]);
    events$.next(events[0]);
    events$.next('no event');
    expect(lengths()).toEqual([
      [0, null, null],
      [1, 1, 1],
      [2, 1, 1],
    ]);
    const codes = seen.map((history) => history.at(1).diagnostics.map(({ code }) => code));
    expect(codes).toEqual([[], [], ['line_invalid']]);
  });

  it('counts lines that are still text as a log does: blank ones have a number, and a torn one is no event', async () => {
    const [first = '', second = ''] = textOf('trace.jsonl').split('\n');
    const lines = [first, '  ', second, second.slice(0, -5)].map(
      (text, index) => new EventLine(text, { line: index + 1, complete: index < 3 }),
    );
    const broken = new EventLine(undefined, { line: 9, complete: true });
    const history = await lastValueFrom(reduceHistory(from([...lines, broken]), manifest, { payloads }));
    expect([history.length, history.lastSeq]).toEqual([4, 2]);
    expect(history.at(2).diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ['line_torn', 4],
      ['line_invalid', 9],
    ]);
    const reduction = await reduceEvents(from([...lines, broken]), manifest, { payloads });
    expect(told(reduction)).toEqual(told(history.after(4)));
  });

  it('is the same wherever its checkpoints are, and with payloads that take time', async () => {
    const slow: PayloadStore = { load: async (ref) => payloads.readNow(ref) };
    const [usual, dense, late] = await Promise.all(
      [{ payloads }, { payloads, checkpointEvery: 1 }, { payloads: slow, checkpointEvery: 1000 }].map(
        (options) => lastValueFrom(reduceHistory(from(events), manifest, options)),
      ),
    );
    for (let count = 0; count <= events.length; count += 7) {
      const expected = usual && told(usual.after(count));
      expect(dense && told(dense.after(count))).toEqual(expected);
      expect(late && told(late.after(count))).toEqual(expected);
    }
  });

  it.each([-1, 0.5, events.length + 1, NaN])('has no moment behind %d events', async (count) => {
    const history = await lastValueFrom(reduceHistory(from(events), manifest, { payloads }));
    expect(() => history.after(count)).toThrow(RangeError);
  });

  it.each([0, -1, 1.5, NaN])('refuses checkpoints every %d events', (checkpointEvery) => {
    expect(() => reduceHistory(from(events), manifest, { payloads, checkpointEvery })).toThrow(RangeError);
  });

  it('ends with the error of the source', async () => {
    const broken$ = concat(
      from(events),
      throwError(() => new Error('connection lost')),
    );
    const history$ = reduceHistory(broken$, manifest, { payloads }).pipe(toArray());
    await expect(lastValueFrom(history$)).rejects.toThrow('connection lost');
  });
});
