import { describe, expect, it } from 'vitest';
import { assert, array, integer, nat, oneof, property, record, constant } from 'fast-check';
import { PersistentVector } from './persistent-vector.js';

const counted = (size: number, token = {}): PersistentVector<number> => {
  let vector = PersistentVector.empty<number>();
  for (let index = 0; index < size; index++) vector = vector.with(index, index, token);
  return vector;
};

describe('a persistent vector', () => {
  it.each([0, 1, 31, 32, 33, 1023, 1024, 1025, 32768, 32769])('holds %i values in their order', (size) => {
    const vector = counted(size);
    expect(vector.size).toBe(size);
    expect([...vector]).toEqual(Array.from({ length: size }, (_value, index) => index));
    expect(vector.toArray()).toEqual([...vector]);
  });

  it('is an array of its own values, whatever the same token appended since', () => {
    const token = {};
    const vector = counted(40, token);
    vector.with(40, 40, token);
    expect(vector.toArray()).toEqual([...vector]);
  });

  it.each([-1, 3, 100])('has nothing at %i behind its values', (index) => {
    expect(counted(3).get(index)).toBeUndefined();
  });

  it('keeps a version apart from changes with another token', () => {
    const before = counted(40);
    const after = before.with(5, -5, {}).with(40, -40, {});
    expect([before.get(5), before.size, before.get(40)]).toEqual([5, 40, undefined]);
    expect([after.get(5), after.size, after.get(40)]).toEqual([-5, 41, -40]);
  });

  it('changes in place what the same token made', () => {
    const token = {};
    const vector = counted(40, token);
    expect(vector.with(5, -5, token)).toBe(vector);
    expect(vector.get(5)).toBe(-5);
  });

  it('does what an array does, and every version stays as it was', () => {
    const step = oneof(
      record({ type: constant('set' as const), index: nat(), value: integer() }),
      record({ type: constant('push' as const), value: integer() }),
      record({ type: constant('fill' as const), count: nat({ max: 70 }) }),
      record({ type: constant('version' as const) }),
    );
    assert(
      property(array(step, { maxLength: 60 }), (steps) => {
        let token = {};
        let vector = PersistentVector.empty<number>();
        const model: number[] = [];
        const versions: { vector: PersistentVector<number>; values: readonly number[] }[] = [];
        const set = (index: number, value: number): void => {
          vector = vector.with(index, value, token);
          model[index] = value;
        };
        for (const each of steps) {
          if (each.type === 'push') set(model.length, each.value);
          else if (each.type === 'set' && model.length > 0) set(each.index % model.length, each.value);
          else if (each.type === 'fill')
            for (let left = each.count; left > 0; left--) set(model.length, left);
          else if (each.type === 'version') {
            versions.push({ vector, values: [...model] });
            token = {};
          }
        }
        versions.push({ vector, values: model });
        for (const version of versions) expect([...version.vector]).toEqual(version.values);
      }),
    );
  });
});
