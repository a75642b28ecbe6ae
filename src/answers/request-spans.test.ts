import { describe, expect, it } from 'vitest';
import { inference, since, watchedSession } from '../../test/helpers/watched.js';
import { patch } from '../facts/writes.js';
import { requestSpans } from './request-spans.js';

/** The trace of a thread T with one call for each of these lists of items, and one call of another thread. */
const requesting = (...requests: readonly (readonly string[])[]) => {
  const writes = requests.flatMap((items, index) => [
    inference(`C${index}`, ['T', 'turn'], since(index + 1)),
    patch('inference_calls', `C${index}`, { request_item_ids: items }),
  ]);
  return watchedSession()([
    ...writes.toReversed().toSorted(insertsFirst),
    inference('X', ['U', 'turn'], since(9)),
  ]).trace;
};
const insertsFirst = (a: { readonly type: string }, b: { readonly type: string }): number =>
  Number(b.type === 'insert') - Number(a.type === 'insert');

const spansOf = (...requests: readonly (readonly string[])[]) =>
  Object.fromEntries(requestSpans(requesting(...requests), 'T').ofItem);

describe('the requests that sent an item', () => {
  it('are those of its thread, in their order', () => {
    expect(requestSpans(requesting(['a'], ['a', 'b']), 'T').calls).toEqual(['C0', 'C1']);
  });

  it('go from the first to the last that has it', () => {
    expect(spansOf(['a'], ['a', 'b'], ['a', 'b', 'c'])).toEqual({ a: [[0, 2]], b: [[1, 2]], c: [[2, 2]] });
  });

  it('end where a compaction takes it out', () => {
    expect(spansOf(['a', 'b'], ['c'], ['c', 'd'])).toEqual({
      a: [[0, 0]],
      b: [[0, 0]],
      c: [[1, 2]],
      d: [[2, 2]],
    });
  });

  it('go on where it only moved, and begin again where it came back', () => {
    expect(spansOf(['a', 'b'], ['b', 'a'], ['b'], ['b', 'a'])).toEqual({
      a: [
        [0, 1],
        [3, 3],
      ],
      b: [[0, 3]],
    });
  });

  it('count a request once that has it twice', () => {
    expect(spansOf(['a', 'a'], ['a'])).toEqual({ a: [[0, 1]] });
  });
});
