import { describe, expect, it } from 'vitest';
import { eventsRead, progressBar, progressLine, type Terminal } from './progress.js';

const half = { events: 1200, bytes: 50, totalBytes: 100 };

describe('the line', () => {
  it('shows the share of the log, in a bar and in percent', () => {
    expect(progressLine(half, '1200 events', 80)).toBe('[############------------]  50% 1200 events');
    expect(progressLine({ bytes: 100, totalBytes: 100 }, '9 events', 80)).toBe(
      `[${'#'.repeat(24)}] 100% 9 events`,
    );
  });

  it('is full for an empty log, and for one that grew', () => {
    expect(progressLine({ bytes: 0, totalBytes: 0 }, '9 events', 80)).toContain('100%');
    expect(progressLine({ bytes: 200, totalBytes: 100 }, '9 events', 80)).toContain('100%');
  });

  it('never wraps', () => {
    expect(progressLine(half, '1200 events', 10)).toHaveLength(9);
    expect(progressLine(half, '1200 events', 0)).toBe('');
  });
});

describe('the bar', () => {
  /** Shows progress after 200 ms and after 400 ms, and clears it: what was written. */
  const written = (terminal: Partial<Terminal>, environment: Record<string, string> = {}): string[] => {
    const texts: string[] = [];
    let time = 0;
    const write = (text: string): unknown => texts.push(text);
    const bar = progressBar(
      { isTTY: true, columns: 80, ...terminal, write },
      environment,
      eventsRead,
      () => time,
    );
    for (time of [200, 400]) bar.show(half);
    bar.clear();
    return texts;
  };

  it('appears after a while, and leaves an empty line', () => {
    expect(written({})).toEqual([`\r\u001b[K${progressLine(half, '1200 events', 80)}`, '\r\u001b[K']);
  });

  it('takes a terminal that does not know its width for a usual one', () => {
    expect(written({ columns: 0 })[0]).toBe(`\r\u001b[K${progressLine(half, '1200 events', 80)}`);
  });

  it.each<[string, Partial<Terminal>, Record<string, string>]>([
    ['in a pipe', { isTTY: false }, {}],
    ['in CI', {}, { CI: 'true' }],
    ['on a terminal that cannot clear a line', {}, { TERM: 'dumb' }],
  ])('stays away %s', (_, terminal, environment) => {
    expect(written(terminal, environment)).toEqual([]);
  });
});
