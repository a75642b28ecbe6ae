import { describe, expect, it } from 'vitest';
import { canonicalGraph, reduceStrictly, type SessionBundle } from '../../src/testing/index.js';
import { orderings } from './orderings.js';

const typesOf = ({ events }: SessionBundle): readonly string[] => events.map(({ payload }) => payload.type);

describe.each(orderings)('the order of $pair', ({ pair, schemas, bundles }) => {
  it.each(schemas)('decides what a graph of schema %i says', async (schema) => {
    const [played, turned] = bundles(schema);
    expect(typesOf(turned).toSorted()).toEqual(typesOf(played).toSorted());
    expect(typesOf(turned)).not.toEqual(typesOf(played));
    expect(typesOf(played)).toEqual(expect.arrayContaining([...pair]));
    const graphs = [await reduceStrictly(played), await reduceStrictly(turned)].map(canonicalGraph);
    expect(graphs[0]).not.toBe(graphs[1]);
  });
});
