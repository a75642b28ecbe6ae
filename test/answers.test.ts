import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generateBundle } from '../bench/generate/generate.js';
import {
  explain,
  findObjects,
  glance,
  referencesOf,
  transcriptOf,
  type ObjectRef,
  type RolloutTrace,
  type Table,
} from '../src/index.js';
import { tableNames } from '../src/model/rollout-trace.js';
import { replayBundle } from '../src/node/index.js';

const { trace } = await replayBundle(fileURLToPath(new URL('../examples/bundle', import.meta.url)));
const references = referencesOf(trace);

const tool = (id: string): ObjectRef => ({ table: 'tool_calls', id });
const item = (id: number): ObjectRef => ({ table: 'conversation_items', id: `conversation_item:${id}` });

/** `relation table/id` of each link, seen from the object that is explained. */
const story = (object: ObjectRef) => {
  const explanation = explain(references, object);
  if (!explanation) throw new Error('nothing to explain');
  return {
    lineage: explanation.lineage.map(({ relation, from }) => `${relation} ${from.table}/${from.id}`),
    causes: explanation.causes.map(({ relation, from }) => `${relation} ${from.table}/${from.id}`),
    effects: explanation.effects.map(({ relation, to }) => `${relation} ${to.table}/${to.id}`),
    evidence: explanation.evidence,
  };
};

describe('the story of', () => {
  it('a nested call leads through its cell to the response that wrote it', () => {
    const { lineage, effects, evidence } = story(tool('cell_call_1'));
    expect(lineage.slice(0, 3)).toEqual([
      'requester code_cells/code_cell:call_2',
      'source_item_id conversation_items/conversation_item:6',
      'produced_by inference_calls/inference:2',
    ]);
    expect(effects).toEqual(
      expect.arrayContaining([
        'terminal_operation_id terminal_operations/terminal_operation:2',
        'created_by_operation_id terminal_sessions/4102',
      ]),
    );
    expect(evidence.seqs).toEqual([14, 17]);
    expect(evidence.raw_payload_ids).toEqual([
      'raw_payload:11',
      'raw_payload:12',
      'raw_payload:13',
      'raw_payload:14',
    ]);
  });

  it('a call of the model leads to its response, and from there to the turn', () => {
    expect(story(tool('call_1')).lineage.slice(0, 2)).toEqual([
      'tool_call_ids_started_by_response inference_calls/inference:1',
      'codex_turn_id codex_turns/turn-1',
    ]);
  });

  it('a write to a terminal names the terminal that an earlier command created', () => {
    const { causes } = story({ table: 'terminal_operations', id: 'terminal_operation:6' });
    expect(causes).toContain('terminal_id terminal_sessions/4105');
    const opened = story({ table: 'terminal_sessions', id: '4105' });
    expect(opened.lineage[0]).toBe('created_by_operation_id terminal_operations/terminal_operation:5');
    expect(opened.effects).toContain('terminal_id terminal_operations/terminal_operation:6');
  });

  it('an agent leads to the tool that spawned it, and on to what its result became', () => {
    const child = trace.threads.keys().at(-1) ?? '';
    const { lineage, effects } = story({ table: 'threads', id: child });
    expect(lineage.slice(0, 3)).toEqual([
      expect.stringMatching(/^spawn_edge_id interaction_edges\/edge:spawn:/),
      'source tool_calls/call_4',
      'tool_call_ids_started_by_response inference_calls/inference:4',
    ]);
    expect(effects).toContain('target conversation_items/conversation_item:18');
  });

  it('an item names every request that sent it, and the compaction that took it out', () => {
    const { effects } = story(item(5));
    expect(effects.filter((effect) => effect.startsWith('request_item_ids'))).toEqual(
      [2, 3, 4, 7, 8].map((call) => `request_item_ids inference_calls/inference:${call}`),
    );
    expect(effects).toContain('input_item_ids compactions/compaction:1');
  });

  it('a payload leads to the object that it is evidence of', () => {
    expect(story({ table: 'raw_payloads', id: 'raw_payload:9' }).lineage[0]).toBe(
      'raw_result_payload_id tool_calls/call_1',
    );
  });

  it('nothing is undefined', () => {
    expect(explain(references, tool('toString'))).toBeUndefined();
    expect(explain(references, tool('__proto__'))).toBeUndefined();
  });
});

it('says in a transcript where each item came from, and what it asks for', () => {
  const entries = transcriptOf(references, { table: 'threads', id: trace.root_thread_id }) ?? [];
  const origins = new Map(entries.map(({ item: { item_id }, origin }) => [item_id, origin]));
  expect(Object.fromEntries(origins)).toMatchObject({
    'conversation_item:1': 'request',
    'conversation_item:4': 'response',
    'conversation_item:5': 'terminal',
    'conversation_item:7': 'code_cell',
    'conversation_item:9': 'code_cell',
    'conversation_item:17': 'tool',
    'conversation_item:18': 'agent',
    'conversation_item:22': 'compaction',
  });
  expect(entries.find(({ item: { item_id } }) => item_id === 'conversation_item:4')?.asks_for).toEqual([
    'call_1',
  ]);
  expect(transcriptOf(references, tool('call_1'))).toBeUndefined();
});

it('sums up what a session took, and what failed in it', () => {
  const { threads, counts } = glance(trace);
  expect(
    threads.map(({ agent_path, counts: own }) => [agent_path, own.inference_calls, own.tool_calls]),
  ).toEqual([
    ['/root', 10, 8],
    ['/root/check_dates', 2, 1],
  ]);
  expect(counts).toMatchObject({ turns: 3, code_cells: 1, compactions: 1, unfinished: [] });
  expect(counts.failed.map(({ id }) => id)).toEqual(['inference:9', 'call_1', 'call_7']);
});

it('finds objects by the beginning of their ids, and by a whole id only that one', () => {
  expect(findObjects(trace, 'cell_')).toEqual([tool('cell_call_1'), tool('cell_call_2')]);
  expect(findObjects(trace, 'conversation_item:1')).toEqual([item(1)]);
  expect(findObjects(trace, 'nothing')).toEqual([]);
});

it('finds what the model or its provider calls so, where no id is so', () => {
  const response = trace.inference_calls.get('inference:2')?.response_id ?? 'none';
  expect(findObjects(trace, 'call_2')).toEqual([{ table: 'code_cells', id: 'code_cell:call_2' }]);
  expect(findObjects(trace, response)).toEqual([{ table: 'inference_calls', id: 'inference:2' }]);
});

describe('the work', () => {
  /** A trace that counts how often a row is asked for. */
  const counted = (whole: RolloutTrace) => {
    let rows = 0;
    const tables = tableNames.map((name) => {
      const table: Table<unknown> = whole[name];
      const watched = new Proxy(table, {
        get(target, property) {
          if (property === 'get') {
            return (id: string) => {
              rows += 1;
              return target.get(id);
            };
          }
          const value: unknown = Reflect.get(target, property, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      return [name, watched];
    });
    return { trace: { ...whole, ...Object.fromEntries(tables) } as RolloutTrace, rows: () => rows };
  };

  const workOn = async (events: number) => {
    const out = mkdtempSync(path.join(tmpdir(), 'rollout-trace-answers-'));
    try {
      generateBundle({ out, schema: 2, events, mode: 'incremental', baseBytes: 300, textLength: 60 });
      const watched = counted((await replayBundle(out)).trace);
      const index = referencesOf(watched.trace);
      const toIndex = watched.rows();
      const tools = watched.trace.tool_calls.keys();
      for (const id of tools) explain(index, tool(id));
      return { index: toIndex, explanation: (watched.rows() - toIndex) / tools.length };
    } finally {
      rmSync(out, { recursive: true });
    }
  };

  it('of the index grows with the trace, and that of an explanation does not', async () => {
    const [short, long] = [await workOn(400), await workOn(1600)];
    expect(long.index / short.index).toBeLessThan(5);
    expect(long.explanation / short.explanation).toBeLessThan(1.5);
  });
});
