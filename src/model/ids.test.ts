import { expect, it } from 'vitest';
import { conversationItemId, inCreationOrder, ordinalOf } from './ids.js';

it('an item id tells when the item was made', () => {
  expect([1, 9, 10].map(conversationItemId).map(ordinalOf)).toEqual([1, 9, 10]);
});

it('items in creation order have 9 before 10, whatever their bytes say', () => {
  const ids = [100, 10, 9, 1].map(conversationItemId);
  expect(inCreationOrder(ids).map(ordinalOf)).toEqual([1, 9, 10, 100]);
  expect(ids.map(ordinalOf)).toEqual([100, 10, 9, 1]);
});
