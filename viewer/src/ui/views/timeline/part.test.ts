import { describe, expect, it } from 'vitest';
import { panned, partOf, rangeOf, wholePart, zoomed, type Extent } from './part.js';

const extent: Extent = { start: 1000, end: 2000, limit: 2000, least: 5 };

describe('a part of the timeline', () => {
  it('is the same after its way through an address', () => {
    const part = zoomed(extent, wholePart(extent), 0.25, 1300);
    expect(part).not.toBeNull();
    const back = part && partOf(extent, rangeOf(extent, part));
    expect(back?.from).toBeCloseTo(part?.from ?? 0, 2);
    expect(back?.to).toBeCloseTo(part?.to ?? 0, 2);
  });

  it('stays what it is as short as it may be', () => {
    const part = zoomed(extent, { from: 1500.0004, to: 1505.0006 }, 0.01);
    expect(part && partOf(extent, rangeOf(extent, part))).not.toBeNull();
  });

  it('may be all of it, moved aside', () => {
    const aside = panned(extent, wholePart(extent), 0.1);
    expect(partOf(extent, rangeOf(extent, aside))?.from).toBeCloseTo(aside.from, 2);
  });

  it('grows around a point, until it is all', () => {
    expect(zoomed(extent, { from: 1200, to: 1400 }, 2, 1250)).toEqual({ from: 1150, to: 1550 });
    expect(zoomed(extent, { from: 1200, to: 1400 }, 20)).toBeNull();
  });

  it('does not leave the session behind', () => {
    expect(panned(extent, { from: 1200, to: 1300 }, 100)).toEqual({ from: 1920, to: 2020 });
    expect(panned(extent, { from: 1200, to: 1300 }, -100)).toEqual({ from: 980, to: 1080 });
  });

  it.each([
    ['is before it', [-300, -10]],
    ['is behind it', [1000, 1100]],
    ['is too short to see', [500, 501]],
    ['is longer than it', [-10, 5000]],
  ] as const)('is all of the session where what is asked for %s', (_about, range) => {
    expect(partOf(extent, range)).toBeNull();
  });

  it('is as asked for where the moment that is shown ends before it', () => {
    expect(partOf({ ...extent, end: 1100, limit: Infinity }, [500, 700])).toEqual({ from: 1500, to: 1700 });
  });
});
