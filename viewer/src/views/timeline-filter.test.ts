import { expect, it } from 'vitest';
import type { Outcome } from './moment.js';
import type { Span, Timeline, Track } from './timeline.js';
import { filtered, SHOW_ALL } from './timeline-filter.js';

const span = (id: string, track: Track, row: number, status: Outcome): Span => ({
  ref: { table: 'tool_calls', id },
  track,
  row,
  started: 0,
  ended: 1,
  first: 1,
  last: 2,
  status,
  label: id,
  isNested: false,
});
const rows = { turn: 1, inference: 0, tool: 2, cell: 0, terminal: 0, compaction: 0 };
const timeline: Timeline = {
  lanes: [
    {
      thread: 'T',
      spans: [
        span('t', 'turn', 0, 'completed'),
        span('a', 'tool', 0, 'completed'),
        span('b', 'tool', 1, 'aborted'),
      ],
      rows,
    },
    { thread: 'U', spans: [span('u', 'turn', 0, 'running')], rows: { ...rows, tool: 0 } },
  ],
  arrows: [],
};
const idsIn = ({ lanes }: Timeline) => lanes.map(({ spans }) => spans.map(({ ref }) => ref.id));

it('leaves out nothing at first', () => {
  expect(filtered(timeline, SHOW_ALL)).toEqual(timeline);
});

it('leaves out a kind, and the room that it took', () => {
  const shown = filtered(timeline, { ...SHOW_ALL, hidden: ['tool'] });
  expect(idsIn(shown)).toEqual([['t'], ['u']]);
  expect(shown.lanes[0]?.rows).toMatchObject({ turn: 1, tool: 0 });
});

it('counts what was given up as failed, and leaves it in its row', () => {
  const shown = filtered(timeline, { ...SHOW_ALL, standing: 'failed' });
  expect(idsIn(shown)).toEqual([['b'], []]);
  expect(shown.lanes[0]?.rows).toMatchObject({ turn: 0, tool: 2 });
});

it('shows one agent', () => {
  expect(idsIn(filtered(timeline, { ...SHOW_ALL, thread: 'U' }))).toEqual([['u']]);
});
