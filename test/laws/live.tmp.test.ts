import { from, of, concatMap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { liveReplay } from '../../src/live-replay.js';
import type { TraceSnapshot } from '../../src/streams/snapshots.js';
import { openInMemory } from '../fuzz/bundle.js';
import { carriedCases } from '../helpers/carried-cases.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { printTrace } from '../../src/trace/print.js';

describe('live = replay', () => {
  const cases = carriedCases().filter(({ name }) => name !== 'event-schema-ignored');
  it.each(cases.map((c) => [c.file, c] as const))('%s', (_file, { files }) => {
    const opened = openInMemory(new Map([...files].map(([n, c]) => [n, Buffer.from(c)])));
    const seen: TraceSnapshot[] = [];
    from(opened.entries.map((e) => [e])).pipe((b) => liveReplay(b, opened)).subscribe((s) => seen.push(s));
    expect(seen.length).toBe(opened.entries.length);
    const texts = seen.map(({ trace }) => [...printTrace(trace)].join(''));
    opened.entries.forEach((_, index) => {
      const prefix = { ...opened, entries: opened.entries.slice(0, index + 1) };
      const whole = reduceInMemory(prefix, { strict: false });
      expect(texts[index]).toBe(printed(whole));
      expect([...(seen[index]?.diagnostics ?? [])]).toEqual(whole.diagnostics);
      expect(seen[index]?.pending).toEqual(whole.unresolved);
    });
    // a snapshot never changes
    seen.forEach(({ trace }, i) => expect([...printTrace(trace)].join('')).toBe(texts[i]));
  });
});
