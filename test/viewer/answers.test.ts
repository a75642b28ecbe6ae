import { beforeAll, describe, expect, it } from 'vitest';
import { caseFiles } from '../cli/command.js';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';
import { viewedBundle } from '../helpers/viewed-bundle.js';
import type { Session } from '../../viewer/src/recording/session.js';
import { ALL_EVENTS } from '../../viewer/src/views/events.js';
import type { SearchRequest } from '../../viewer/src/views/search.js';
import { answers } from '../../viewer/src/worker/answers.js';

const ROOT = '019d3c50-0000-7000-8000-000000000001';
const CHILD = '019d3c50-0000-7000-8000-000000000002';
const END = 80;

let session: Session;
beforeAll(async () => {
  session = await viewedBundle('examples/bundle');
});

describe('a session at a glance', () => {
  it('counts each agent by itself, and all of them together', () => {
    const { threads, counts, tokens } = answers.overview(session, { at: END });
    expect(threads.map(({ path, depth, tools, failures }) => [path, depth, tools, failures])).toEqual([
      ['/root', 0, 8, 3],
      ['/root/check_dates', 1, 1, 0],
    ]);
    expect(counts).toEqual({ turns: 3, items: 31, tools: 9, cells: 1, terminals: 5, compactions: 1 });
    expect(threads.reduce((sum, thread) => sum + thread.tokens.input, 0)).toBe(tokens.input);
  });

  it('names failures by the event that told of them', () => {
    const { failures } = answers.overview(session, { at: END });
    expect(failures.map(({ ref, reason, event }) => [ref.table, reason, event])).toEqual([
      ['tool_calls', 'exit code 1', 10],
      ['inference_calls', 'failed', 62],
      ['tool_calls', 'exit code -1', 76],
    ]);
  });

  it('knows nothing of what comes later', () => {
    const early = answers.overview(session, { at: 9 });
    expect(early.failures).toEqual([]);
    expect(early.threads.map(({ path }) => path)).toEqual(['/root']);
    expect(early.status).toBe('running');
  });
});

describe('a timeline', () => {
  const laneOf = (at: number, thread: string) =>
    answers.timeline(session, { at }).lanes.find((lane) => lane.thread === thread);

  it('puts into another row what runs at the same time', () => {
    const tools = laneOf(END, ROOT)?.spans.filter(({ track }) => track === 'tool');
    expect(tools?.map(({ ref, row, first, last }) => [ref.id, row, first, last]).slice(2, 4)).toEqual([
      ['call_3', 0, 22, 28],
      ['cell_call_2', 1, 23, 26],
    ]);
    expect(laneOf(END, ROOT)?.rows.tool).toBe(2);
  });

  it('leaves open what has no end yet', () => {
    const call = laneOf(9, ROOT)?.spans.find(({ ref }) => ref.id === 'call_1');
    expect(call).toMatchObject({ first: 8, last: 0, ended: null, status: 'running' });
  });

  it('calls a command failed whose tool went well', () => {
    expect(laneOf(END, ROOT)?.spans.find(({ ref }) => ref.id === 'call_1')?.status).toBe('failed');
  });

  it('leads its arrows from agent to agent', () => {
    const { arrows } = answers.timeline(session, { at: END });
    expect(arrows.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['agent_result', CHILD, ROOT],
      ['spawn_agent', ROOT, CHILD],
    ]);
  });
});

it('tells of each request what it took, in the order of their ends', () => {
  const points = answers.usage(session, { at: END, thread: null });
  expect(points[0]).toMatchObject({ id: 'inference:1', event: 7, items: 2, input: 1140, cached: 800 });
  expect(points.map(({ event }) => event)).toEqual(
    points.map(({ event }) => event).toSorted((a, b) => a - b),
  );
  const own = answers.usage(session, { at: END, thread: CHILD });
  expect(new Set(own.map(({ thread }) => thread))).toEqual(new Set([CHILD]));
});

describe('a search', () => {
  const found = (asked: Partial<SearchRequest>) =>
    answers.search(session, { at: END, text: '', thread: null, tables: null, status: null, ...asked });

  it('marks the text where it stands, whatever its case', () => {
    const hits = found({ text: 'HIGH WATER 06:12' });
    expect(hits.length).toBeGreaterThan(0);
    for (const { snippet, from, to } of hits) {
      expect(snippet.slice(from, to).toLowerCase()).toBe('high water 06:12');
    }
  });

  it('takes what is typed for text, not for a pattern', () => {
    expect(found({ text: '$(' })).toEqual([]);
    expect(found({ text: '.*' }).every(({ snippet }) => snippet.includes('.*'))).toBe(true);
  });

  it.each([
    ['call_1', 'tool_calls', 'call_1'],
    ['raw_payload:16', 'raw_payloads', 'raw_payload:16'],
    ['resp_1', 'inference_calls', 'inference:1'],
    ['edge:spawn', 'interaction_edges', `edge:spawn:${ROOT}:${CHILD}`],
  ])('finds %s by its id, its beginning or its name', (text, table, id) => {
    expect(found({ text })[0]?.ref).toEqual({ table, id });
  });

  it('keeps to an agent, a kind and a status', () => {
    expect(found({ text: 'e', thread: CHILD }).every(({ thread }) => thread === CHILD)).toBe(true);
    expect(
      found({ status: 'failed' })
        .map(({ ref }) => ref.table)
        .toSorted(),
    ).toEqual(['inference_calls', 'terminal_operations', 'terminal_operations']);
    expect(found({ text: 'tides', tables: ['code_cells'] }).map(({ ref }) => ref.table)).toEqual([
      'code_cells',
    ]);
  });
});

describe('a story', () => {
  it('reads both ways, and back to the root', () => {
    const story = answers.story(session, { at: END, ref: { table: 'tool_calls', id: 'call_1' } });
    expect(story?.lineage.map(({ ref }) => ref.table)).toEqual(['inference_calls', 'codex_turns', 'threads']);
    expect(story?.causes).toContainEqual({
      words: 'asked for by',
      ref: { table: 'inference_calls', id: 'inference:1' },
      label: 'request to gpt-5.5',
      via: null,
      events: [7],
    });
    expect(story?.effects.map(({ ref }) => ref.table)).toContain('terminal_sessions');
    expect(story?.effects.map(({ ref }) => ref.table)).not.toContain('raw_payloads');
  });

  it('leads through a message to the agent at its other end', () => {
    const story = answers.story(session, { at: END, ref: { table: 'tool_calls', id: 'call_4' } });
    expect(story?.effects).toContainEqual(
      expect.objectContaining({
        words: 'spawned',
        label: expect.stringMatching(/^\/root\/check_dates: assistant/),
        via: `edge:spawn:${ROOT}:${CHILD}`,
      }),
    );
  });

  it('is not there before its object is', () => {
    expect(answers.story(session, { at: 5, ref: { table: 'tool_calls', id: 'call_1' } })).toBeNull();
  });
});

it('tells of each item where it came from', () => {
  const rows = answers.conversation(session, { at: END, thread: ROOT });
  expect(rows.slice(0, 5).map(({ title, origin }) => [title, origin])).toEqual([
    ['developer', 'request'],
    ['user', 'request'],
    ['reasoning', 'response'],
    ['function call', 'response'],
    ['function call output', 'terminal'],
  ]);
});

describe('the first event of something', () => {
  it.each([
    ['failure', 0, 10],
    ['failure', 79, null],
    ['problem', 0, null],
    ['compaction', 0, 60],
    ['compaction', 60, null],
    [{ thread: CHILD }, 0, 33],
    [{ thread: 'nobody' }, 0, null],
  ] as const)('%j behind event %d is %s', (milestone, after, event) => {
    expect(answers.milestone(session, { milestone, after })).toBe(event);
  });
});

it('lists events of a kind and of an agent', () => {
  const choice = answers.chosenEvents(session, {
    ...ALL_EVENTS,
    type: 'tool_call_started',
    thread: CHILD,
    length: END,
  });
  expect([...choice.numbers]).toEqual([39]);
  expect(choice.types).toContain('rollout_ended');
  expect(answers.chosenEvents(session, { ...ALL_EVENTS, length: END }).numbers).toHaveLength(END);
});

it('lists events that say how something stands, in a field or by their kind', () => {
  const choice = answers.chosenEvents(session, { ...ALL_EVENTS, status: 'failed', length: END });
  const rows = answers.events(session, { numbers: [...choice.numbers] });
  expect(new Set(rows.map(({ type }) => type))).toEqual(
    new Set(['tool_call_runtime_ended', 'inference_failed']),
  );
  expect(choice.statuses).toEqual(['completed', 'failed', 'yielded']);
});

it('finds the objects that an event names, and none that are only called alike', () => {
  expect(answers.find(session, { at: END, ids: ['call_1', 'call_', 'turn-1'] })).toEqual([
    { table: 'tool_calls', id: 'call_1' },
    { table: 'codex_turns', id: 'turn-1' },
  ]);
});

it('gives the same moment to all who ask for it', () => {
  expect(answers.overview(session, { at: 30 })).toBe(answers.overview(session, { at: 30 }));
  expect(answers.overview(session, { at: 1000 }).at).toBe(END);
});

it('tells in the story of its sender which message never arrived', () =>
  withBundleOnDisk(caseFiles('agent-item-first'), async (folder) => {
    const recorded = await viewedBundle(folder);
    const ref = { table: 'tool_calls', id: 't3' } as const;
    expect(answers.story(recorded, { at: 14, ref })?.unresolved).toEqual([
      {
        kind: 'agent_delivery',
        entity: 'edge:tool:t3',
        waitsFor: 'a message from /root in thread 00000000-0000-7000-8000-000000000002',
        event: 12,
      },
    ]);
    expect(answers.story(recorded, { at: 11, ref })?.unresolved).toEqual([]);
  }));
