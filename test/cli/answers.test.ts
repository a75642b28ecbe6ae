import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';
import { caseFiles, command, edited } from './command.js';

const bundle = fileURLToPath(new URL('../../examples/bundle', import.meta.url));

/** What a command prints where nothing is wrong. */
const printed = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await command(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

describe('rollout-trace show', () => {
  it('shows the agents with what they took, then what failed and what was compacted', async () => {
    expect((await printed('show', bundle)).split('\n')).toEqual([
      'session 019d3c50-0000-7000-8000-000000000001: completed after 1m36s',
      '/root                 1m36s  2 turns  10 model calls  8 tools  in 16.4k (7.2k cached) out 1.3k (540 reasoning)  gpt-5.5  1 code cell, 1 compaction, 3 failed',
      '└─ check_dates (Ada)  1m26s   1 turn   2 model calls   1 tool  in 2.5k (1.6k cached) out 280 (120 reasoning)    gpt-5.5',
      'all agents                   3 turns  12 model calls  9 tools  in 18.9k (8.8k cached) out 1.5k (660 reasoning)           1 code cell, 1 compaction, 3 failed',
      '',
      'Failed',
      '  inference:9  model call  /root  gpt-5.5, failed in 9.020s',
      '  call_1       tool call   /root  $ npm test -- tides, exit code 1',
      '  call_7       tool call   /root  $ npm run preview, exit code -1',
      '',
      'Compactions',
      '  compaction:1  compaction  /root  16 items became 3',
      '',
    ]);
  });

  it('shows of a tool what went in, what came back and what the model saw of it', async () => {
    const text = await printed('show', bundle, 'call_1');
    expect(text).toMatch(/^tool call call_1 in \/root\n {2}\$ npm test -- tides, exit code 1\n/);
    expect(text).toContain('      "arguments": "{\\"cmd\\":\\"npm test -- tides\\"}"');
    expect(text).toMatch(/\nThe model saw\n {2}Process exited with code 1\n {2}Output:\n/);
    expect(text).toMatch(/\n {2}asked for by +model call inference:1 .*\[event 7, raw_payload:5\]\n/);
    expect(text).toMatch(/\n {2}raw_result_payload_id +raw_payload:9\n/);
  });

  it('shows the file of a payload, its head or with --full everything', async () => {
    const head = await printed('show', bundle, 'raw_payload:5');
    expect(head).toMatch(/more lines \(--full shows all\)/);
    const full = await printed('show', '--full', bundle, 'raw_payload:5');
    expect(full).not.toContain('--full shows all');
    expect(full.length).toBeGreaterThan(head.length);
  });

  it('prints one JSON document with --json, of the session or of an object with its row', async () => {
    const session = JSON.parse(await printed('show', '--json', bundle));
    expect(session).toMatchObject({ status: 'completed', counts: { turns: 3 }, unresolved: [] });
    const object = JSON.parse(await printed('show', '--json', bundle, 'call_1'));
    expect(object).toMatchObject({
      object: { table: 'tool_calls', id: 'call_1' },
      row: { tool_call_id: 'call_1' },
    });
  });
});

describe('rollout-trace show of an event', () => {
  it('prints its line with its place, the payloads that it names, and what it is evidence of', async () => {
    const lines = (await printed('show', bundle, 'event:10')).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      'event 10: tool_call_runtime_ended in /root',
      '  trace.jsonl:10',
      '',
      'Recorded',
      '  {',
      '    "schema_version": 1,',
    ]);
    expect(lines).toContain('        "path": "payloads/8.json"');
    expect(lines.slice(-7)).toEqual([
      'Payloads',
      '  payload raw_payload:8  tool_runtime_event, payloads/8.json',
      '',
      'Evidence of',
      '  operation terminal_operation:1  $ npm test -- tides, exit code 1',
      '  tool call call_1                $ npm test -- tides, exit code 1',
      '',
    ]);
  });

  it('prints with --json the line as it was written, and what it was read as', async () => {
    const { seq, lines, raw_payload_ids, objects } = JSON.parse(
      await printed('show', '--json', bundle, 'event:10'),
    );
    expect({ seq, raw_payload_ids }).toEqual({ seq: 10, raw_payload_ids: ['raw_payload:8'] });
    expect(lines).toMatchObject([{ file: 'trace.jsonl', line: 10, problem: null }]);
    expect(JSON.parse(lines[0].text)).toEqual(lines[0].event);
    expect(objects).toContainEqual({ table: 'tool_calls', id: 'call_1' });
  });

  it('says of a number that no event has which ones are nearest', async () => {
    expect(await command('show', bundle, 'event:81')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'error: no event has the seq 81\n  What is nearest to it: event:80.\n',
    });
    const files = edited(caseFiles('agent-result'), 'trace.jsonl', (text) =>
      text.replace(/^.*\n/, '').replace(/^(.*\n).*\n/, '$1bad\n'),
    );
    await withBundleOnDisk(files, async (folder) => {
      expect((await command('show', folder, 'event:3')).stderr).toMatch(
        /no event has the seq 3\n {2}What is nearest to it: event:2 and event:4\.\n {2}It may stand in a line that cannot be read: trace\.jsonl:2\.\n$/,
      );
    });
  });

  it('prints a torn line that says its number, with what is wrong and harmless', () =>
    withBundleOnDisk(
      edited(
        caseFiles('agent-result'),
        'trace.jsonl',
        (text) => `${text}{"schema_version":1,"seq":99,"wall\u001b[2J`,
      ),
      async (folder) => {
        const { code, stdout } = await command('show', folder, 'event:99');
        expect(code).toBe(3);
        expect(stdout).toMatch(
          /^event 99: cannot be read\n {2}trace\.jsonl:\d+: the last line is incomplete: .*\n\nRecorded\n {2}\{"schema_version":1,"seq":99,"wall\\u001b\[2J\n$/,
        );
      },
    ));

  it('is where other commands send who names one, and who names a bare number', async () => {
    for (const args of [
      ['explain', bundle, 'event:10'],
      ['transcript', bundle, '--call', 'event:10'],
    ]) {
      expect(await command(...args)).toMatchObject({
        code: 1,
        stderr: 'error: event:10 is an event, not an object\n  rollout-trace show prints it.\n',
      });
    }
    expect((await command('show', bundle, '10')).stderr).toContain(
      'prints the event with that seq as event:10.',
    );
  });
});

describe('rollout-trace explain', () => {
  it('says first which cell issued a nested call, and what that goes back to', async () => {
    const lines = (await printed('explain', bundle, 'cell_call_1')).split('\n');
    const start = lines.indexOf('How it came about');
    expect(lines.slice(start + 1, start + 4)).toEqual([
      expect.stringMatching(/^ {2}issued by +code cell code_cell:call_2 /),
      expect.stringMatching(/^ {2}written in +item conversation_item:6 /),
      expect.stringMatching(/^ {2}made by +model call inference:2 /),
    ]);
  });

  it('knows an agent by its path, and says who spawned it', async () => {
    expect(await printed('explain', bundle, '/root/check_dates')).toMatch(
      /How it came about\n {2}spawned by +tool call call_4 +\/root: spawn_agent, .*via edge:spawn:/,
    );
  });

  it('prints with --json what the library says', async () => {
    const { lineage } = JSON.parse(await printed('explain', '--json', bundle, 'cell_call_1'));
    expect(lineage[0]).toEqual({
      relation: 'requester',
      from: { table: 'code_cells', id: 'code_cell:call_2' },
      to: { table: 'tool_calls', id: 'cell_call_1' },
      evidence: { seqs: [14], raw_payload_ids: ['raw_payload:11'] },
    });
  });
});

describe('rollout-trace transcript', () => {
  it('prints what the model saw with who made it, and a line where a compaction replaced it', async () => {
    const text = await printed('transcript', bundle);
    expect(text).toContain(
      '\nconversation_item:5  function_call_output, from operation terminal_operation:1 (exit code 1)\n  Process exited with code 1\n',
    );
    expect(text).toContain('\n---- compaction compaction:1: 16 items became 3; ');
  });

  it('prints a line for each item with --brief', async () => {
    const lines = (await printed('transcript', '--brief', bundle, '--thread', '/root/check_dates'))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^conversation_item:12 {2}/);
  });

  it('prints with --call what one request sent, and its response', async () => {
    const text = await printed('transcript', '--brief', bundle, '--call', 'inference:2');
    const ids = [...text.matchAll(/^(conversation_item:\d+)/gm)].map(([, id]) => id);
    expect(ids).toEqual([1, 2, 3, 4, 5, 6].map((id) => `conversation_item:${id}`));
  });

  it('prints Markdown in which recorded text can close no fence', () =>
    withBundleOnDisk(caseFiles('agent-result'), async (folder) => {
      const { stdout } = await command('transcript', '--markdown', folder);
      expect(stdout).toMatch(/^# ` agent .* `\n/);
      expect(stdout).toMatch(/\n```text\n[^`]*\n```\n/);
    }));
});

describe('an id', () => {
  it('that several objects begin with is answered with all of them', async () => {
    const { code, stdout, stderr } = await command('explain', bundle, 'cell_c');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^error: cell_c may be any of 2\n {2}cell_call_1 {2}tool call: .*\n {2}cell_call_2 {2}/,
    );
  });

  it('is enough as far as no other object begins like it', async () => {
    expect(await printed('show', bundle, 'inference:10')).toMatch(/^model call inference:10 /);
    expect(await printed('show', bundle, 'edge:spawn')).toMatch(/^interaction edge:spawn:/);
  });

  it('that means objects of two tables can be told apart by its table', async () => {
    expect(await printed('show', bundle, 'tool_calls/call_1')).toMatch(/^tool call call_1 /);
  });

  it('that nothing has is answered with the nearest', async () => {
    const { code, stderr } = await command('show', bundle, 'cell_call_9');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: no object has the id cell_call_9\n {2}Did you mean one of these\?\n {2}cell_call_1 /,
    );
    for (const [given, meant] of [
      ['CELL_CALL_9', 'cell_call_1'],
      ['tool_calls/cal_5', 'call_5'],
      ['/root/check_date', '019d3c50-0000-7000-8000-000000000002'],
    ] as const) {
      expect((await command('show', bundle, given)).stderr).toContain(`one of these?\n  ${meant}  `);
    }
    expect((await command('show', bundle, '#####')).stderr).toContain('lists the agents');
  });

  it('of something else is refused as a thread', async () => {
    expect(await command('transcript', bundle, '--thread', 'call_1')).toMatchObject({
      code: 1,
      stderr: 'error: call_1 is no agent, but a tool call\n',
    });
  });
});

describe('a message that never arrived', () => {
  const inCase = (use: (folder: string) => Promise<void>) =>
    withBundleOnDisk(caseFiles('agent-item-first'), use);
  const WAITS =
    /\n\nNever resolved\n {2}edge:tool:t3 waits for a message from \/root in thread \S+2 since event 12\n/;

  it('is told where the session, its sender or its recipient is asked for', () =>
    inCase(async (folder) => {
      for (const args of [
        ['show', folder],
        ['show', folder, 't3'],
        ['explain', folder, 't3'],
        ['explain', folder, '/root/kid'],
      ]) {
        expect(await printed(...args)).toMatch(WAITS);
      }
      expect(await printed('explain', folder, 't1')).not.toMatch(WAITS);
    }));

  it('is found by its id, though no table has it', () =>
    inCase(async (folder) => {
      for (const name of ['show', 'explain']) {
        const text = await printed(name, folder, 'edge:tool:t3');
        expect(text).toMatch(
          /^interaction edge:tool:t3 in \/root\n[^]* sent by +tool call t3 .*\[event 12\]\n/,
        );
        expect(text).toMatch(WAITS);
      }
      const { unresolved } = JSON.parse(await printed('show', '--json', folder, 'edge:tool:t3'));
      expect(unresolved).toMatchObject([{ entity: 'edge:tool:t3', since: { seq: 12, line: 12 } }]);
    }));

  it('is among what an id may mean, and what is nearest to one', () =>
    inCase(async (folder) => {
      const listed = '  edge:tool:t3  interaction: never resolved\n';
      expect((await command('show', folder, 'edge:tool:t')).stderr).toContain(listed);
      expect((await command('show', folder, 'edge:tool:t9')).stderr).toContain(listed);
    }));
});

it('answers in spite of problems, tells them on stderr and makes recorded text harmless', () =>
  withBundleOnDisk(
    edited(
      caseFiles('agent-result'),
      'trace.jsonl',
      (text) => `bad\u001b[2J\n${text.replaceAll('/root', '/ro\\u001b[2Jot')}`,
    ),
    async (folder) => {
      for (const args of [['show'], ['transcript'], ['transcript', '--markdown'], ['show', '--json']]) {
        const { code, stdout, stderr } = await command(args[0] ?? '', folder, ...args.slice(1));
        expect(code).toBe(3);
        expect(stderr).toMatch(/answered in spite of 1 problem\n$/);
        expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
      }
    },
  ));

it.each([['show'], ['explain'], ['transcript']])('explains %s to a newcomer', async (name) => {
  const { code, stdout } = await command(name, '-h');
  expect(code).toBe(0);
  const text = stdout.replace(/\s+/g, ' ');
  for (const essential of ['<bundle>', 'An id may be cut short', 'the exit code is 3'])
    expect(text).toContain(essential);
});

it.each([
  [['show', '']],
  [['explain', 'x']],
  [['explain', 'x', '']],
  [['transcript', 'x', '--full', '--brief']],
])('refuses the usage %j', async (args) => {
  const { code, stdout } = await command(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
