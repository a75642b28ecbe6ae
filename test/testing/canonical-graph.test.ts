import { expect, it } from 'vitest';
import { canonicalGraph } from '../../src/testing/index.js';

interface Numbers {
  /** Number of the first item of each thread, and of the operation. */
  readonly a: number;
  readonly b: number;
  readonly operation: number;
  readonly seq: number;
  readonly produced?: readonly string[];
  readonly shows?: 'a' | 'b';
}

/** A graph with two threads of one item each, and a command. */
const graph = ({ a, b, operation, seq, produced = ['i', 't'], shows = 'a' }: Numbers): string => {
  const [itemA, itemB] = [`conversation_item:${a}`, `conversation_item:${b}`];
  const id = `terminal_operation:${operation}`;
  const item = (item_id: string, thread_id: string) => ({
    item_id,
    thread_id,
    first_seen_at_unix_ms: seq,
    produced_by: produced,
  });
  return JSON.stringify({
    conversation_items: { [itemA]: item(itemA, 'A'), [itemB]: item(itemB, 'B') },
    inference_calls: { i: { request_item_ids: [shows === 'a' ? itemA : itemB], ended_seq: null } },
    terminal_sessions: { [`terminal_session:${id}`]: { created_by_operation_id: id } },
    terminal_operations: {
      [id]: { operation_id: id, tool_call_id: 't', terminal_id: `terminal_session:${id}` },
    },
  });
};
const usual = { a: 1, b: 2, operation: 1, seq: 4 };

it('is the same whatever numbers and places things got', () => {
  const other = canonicalGraph(graph({ a: 12, b: 3, operation: 7, seq: 90 }));
  expect(other).toBe(canonicalGraph(graph(usual)));
  expect(other).not.toMatch(/conversation_item:|terminal_operation:\d/);
  expect(other).toContain('terminal_session:operation of t');
});

it('is the same whichever producer came first', () => {
  expect(canonicalGraph(graph({ ...usual, produced: ['t', 'i'] }))).toBe(canonicalGraph(graph(usual)));
});

it('tells graphs apart that say something else', () => {
  const canonical = canonicalGraph(graph(usual));
  expect(canonicalGraph(graph({ ...usual, shows: 'b' }))).not.toBe(canonical);
  expect(canonicalGraph(graph({ ...usual, produced: ['i'] }))).not.toBe(canonical);
  expect(canonicalGraph(graph(usual).replace('"ended_seq":null', '"ended_seq":9'))).not.toBe(canonical);
});
