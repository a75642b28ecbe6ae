import { describe, expect, it } from 'vitest';
import type { Write } from '../../facts/writes.js';
import type { TailSnapshot } from '../../node/index.js';
import { carriedCases } from '../../../test/helpers/carried-cases.js';
import {
  cell,
  childOf,
  command,
  inference,
  problem,
  since,
  stdinTo,
  terminalOf,
  thread,
  timeAt,
  tool,
  turn,
  watchedCase,
  watchedSession,
} from '../../../test/helpers/watched.js';
import { columnsOf } from '../columns.js';
import { renderTail } from './render-tail.js';
import { update, type SessionView } from './session-view.js';

const room = { width: 110, height: 20, now: timeAt(100) };
const viewOf = (writes: readonly Write[], more: Partial<TailSnapshot> = {}, schema: 1 | 2 = 1): SessionView =>
  update(undefined, watchedSession(schema)(writes, more));
const rendered = (writes: readonly Write[], size: Partial<typeof room> = {}): readonly string[] =>
  renderTail([viewOf(writes)], { ...room, ...size });
const working = [thread('root', since(1)), turn('u', 'root', since(90))];
const exec = { type: 'exec_command' } as const;

describe('the picture of a session', () => {
  it('shows the agents as a tree, with what each does, its tokens and its failures', () => {
    expect(
      rendered([
        ...working,
        inference('i', ['root', 'u'], since(91, 1), [12_345, 10_000, 456]),
        inference('f', ['root', 'u'], since(92, 1, 'failed')),
        tool('w', ['root', 'u'], since(95), { type: 'wait_agent' }),
        thread('a', since(10), { agent_path: '/root/find', nickname: 'Ada', origin: childOf('root') }),
        turn('ua', 'a', since(11)),
        tool('x', ['a', 'ua'], since(88), exec, { terminal_operation_id: 'o' }),
        command('o', 'x', since(88), 'npm test'),
        thread('b', since(12, 30), { agent_path: '/root/find/deep', origin: childOf('a') }),
        thread('c', since(20), { agent_path: '/root/fix', origin: childOf('root') }),
        turn('uc', 'c', since(21, 9)),
      ]),
    ).toEqual([
      'trace-1: session running for 1m40s',
      '/root          turn 1 10s    waiting for other agents for 5s         1 failed  in 12.3k (10.0k cached) out 456',
      '├─ find (Ada)  turn 1 1m29s  running npm test for 12s',
      '│  └─ deep     0 turns 30s   ended',
      '└─ fix         1 turn 1m20s  idle for 1m10s',
      '12 events, 0 problems, 0 pending, the recording goes on',
    ]);
  });

  it.each<[string, readonly Write[]]>([
    ['waiting for the model for 5s', [inference('i', ['root', 'u'], since(95))]],
    ['between two steps', []],
    ['waiting for the model', [inference('i', ['root', 'u'], since(100))]],
    ['running a code cell for 5s', [cell('c', ['root', 'u'], since(95))]],
    [
      'searching the web for 4s',
      [
        cell('c', ['root', 'u'], since(95)),
        tool(
          'x',
          ['root', 'u'],
          since(96),
          { type: 'web' },
          { requester: { type: 'code_cell', code_cell_id: 'c' } },
        ),
      ],
    ],
    [
      'running a code cell for 5s',
      [
        tool('x', ['root', 'u'], since(94), { type: 'other', name: 'exec' }, { started_code_cell_id: 'c' }),
        cell('c', ['root', 'u'], since(95)),
      ],
    ],
    [
      'waiting for agent /root/y for 4s and 1 more',
      [
        tool('x', ['root', 'u'], since(95), { type: 'mcp', server: 's', tool: 't' }),
        tool(
          'y',
          ['root', 'u'],
          since(96),
          { type: 'wait_agent' },
          {
            summary: { type: 'wait_agent', target_agent_path: '/root/y', timeout_ms: null },
          },
        ),
      ],
    ],
    [
      'between two steps; 1 command in the background',
      [
        tool('x', ['root', 'u'], since(92, 1), exec, { terminal_operation_id: 'o' }),
        command('o', 'x', since(92), 'npm start'),
      ],
    ],
    ...(['writing to', 'waiting for'] as const).map((verb): [string, readonly Write[]] => [
      `${verb} npm start for 3s`,
      [
        command('o', 'x', since(92, 1), 'npm start'),
        terminalOf('o', 'root'),
        tool('y', ['root', 'u'], since(97), { type: 'write_stdin' }, { terminal_operation_id: 'p' }),
        stdinTo('p', 'y', since(97), 'o', verb === 'writing to' ? 'q' : ''),
      ],
    ]),
  ])('says %s', (text, writes) => {
    expect(rendered([...working, ...writes])[1]?.split('  ')).toContain(text);
  });

  it('counts what is wrong, and says when everything is there', () => {
    const view = viewOf(
      [{ type: 'set_header', fields: { recording_complete: true } }],
      { diagnostics: [problem(1)] },
      2,
    );
    expect(renderTail([view], room).at(-1)).toBe(
      '1 event, 1 problem (see rollout-trace check), 0 pending, the recording is complete',
    );
  });

  it('says how the session ended, and that it was read again', () => {
    const ended: Write = { type: 'set_header', fields: { status: 'aborted', ended_at_unix_ms: timeAt(60) } };
    const [heading, last] = renderTail([viewOf([ended], { restart: 'replaced' })], room);
    expect(heading).toBe('trace-1: session aborted after 1m00s; read again, because the log was replaced');
    expect(last).toContain('the session has ended');
  });

  it('makes recorded text harmless', () => {
    const text = rendered([
      thread('root', since(1), { agent_path: '/\u001b]0;x\u0007', nickname: '\u202eevil' }),
      turn('u', 'root', since(90)),
      tool('x', ['root', 'u'], since(95), exec, { terminal_operation_id: 'o' }),
      command('o', 'x', since(95), 'echo \u001b[2J\necho \u009b2J'),
    ]).join('\n');
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect(text).toContain(String.raw`running echo \u001b[2J echo \u009b2J for 5s`);
  });

  it('cuts a long command, and not its time', () => {
    const [, line] = rendered(
      [
        ...working,
        tool('x', ['root', 'u'], since(95), exec, { terminal_operation_id: 'o' }),
        command('o', 'x', since(95), `echo ${'日本'.repeat(50)}`),
      ],
      { width: 80 },
    );
    expect(line).toMatch(/running echo (日本)+日?… for 5s/);
  });
});

describe('many agents', () => {
  const children = Array.from({ length: 30 }, (_, index) =>
    thread(`c${index}`, since(10 + index, index < 20 ? 1 : undefined), {
      agent_path: `/root/c${index}`,
      origin: childOf('root'),
    }),
  );
  const active = turn('uc', 'c25', since(50));

  it('are shown as far as there is room, the active ones first, and the others are counted', () => {
    const lines = rendered([...working, ...children, active], { height: 7 });
    expect(lines.map((line) => line.split('  ')[0])).toEqual([
      'trace-1: session running for 1m40s',
      '/root',
      '├─ c25',
      '├─ c28',
      '└─ c29',
      '… and 27 more agents (7 idle, 20 ended)',
      '33 events, 0 problems, 0 pending, the recording goes on',
    ]);
  });

  it('hang on the nearest agent that is shown', () => {
    const deep = thread('deep', since(60), { agent_path: '/root/c0/deep', origin: childOf('c0') });
    const lines = rendered([...working, ...children, deep, turn('ud', 'deep', since(61))], { height: 5 });
    expect(lines.slice(1, 3).map((line) => line.split('  ')[0])).toEqual(['/root', '└─ c0/deep']);
  });

  it('are shown also where they are said to be children of each other, or of nobody known', () => {
    const lines = rendered([
      thread('a', since(1), { origin: childOf('b') }),
      thread('b', since(2), { origin: childOf('a') }),
      thread('c', since(3), { origin: childOf('nobody') }),
    ]);
    expect(lines.slice(1, 4).map((line) => line.split('  ')[0])).toEqual(['/a', '/b', '/c']);
  });
});

describe('many sessions', () => {
  const views = Array.from({ length: 5 }, (_, index) =>
    update(
      undefined,
      watchedSession(
        1,
        `/traces/s${index}`,
      )(
        index === 3
          ? [...working, thread('x', since(2)), thread('y', since(3))]
          : [
              ...working,
              { type: 'set_header', fields: { status: 'completed', ended_at_unix_ms: timeAt(50) } },
            ],
      ),
    ),
  );
  const named = (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => line.includes(': session ')).map((line) => line.split(':')[0] ?? '');

  it('stand in the order in which they came', () => {
    expect(named(renderTail(views, { ...room, height: 40 }))).toEqual(['s0', 's1', 's2', 's3', 's4']);
  });

  it('are shown as far as there is room: those that run before all others', () => {
    const lines = renderTail(views, { ...room, height: 10 });
    expect(named(lines)).toEqual(['s3', 's4']);
    expect(lines.slice(-4)).toEqual([
      's4: session completed after 50s',
      expect.stringContaining('/root'),
      '3 events, 0 problems, 0 pending, the session has ended',
      '… and 3 other sessions',
    ]);
    expect(named(renderTail(views, { ...room, height: 5 }))).toEqual(['s3']);
  });
});

it('takes no more lines and columns than there are, whatever was recorded', () => {
  const cases = carriedCases('schema-2').filter(({ name }) => /^(cell|tool|v2-resume)/.test(name));
  for (const carried of cases) {
    const view = watchedCase(carried).reduce<SessionView | undefined>(update, undefined);
    if (!view) continue;
    for (const [width, height] of [
      [200, 50],
      [40, 5],
      [10, 3],
      [1, 1],
    ] as const) {
      const lines = renderTail([view], { width, height, now: timeAt(5) });
      expect(lines.length).toBeLessThanOrEqual(height);
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
    }
  }
});
