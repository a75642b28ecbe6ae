import type { Random } from '../../bench/generate/random.js';
import { weighted } from './choose.js';
import type { ItemDialect } from './session-dialect.js';
import { agentMessage, makeItem, pick, type MakeItem } from './session-items.js';
import { spelled, type Json, type JsonObject } from './session-log.js';

/** Ids of items: few, so that items meet under them. An empty one counts. */
export const itemIds = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', ''] as const;
/** Ids of messages between agents, which receipts may bring. */
export const mailIds = ['a0', 'a1', 'a2', 'a3'] as const;

/** One picture with its keys in two orders, and others that differ in a number or a key. */
const pictures = [
  { type: 'input_image', image_url: 'x', detail: { low: 1, high: spelled('1.50') } },
  { detail: { high: spelled('1.50'), low: 1 }, image_url: 'x', type: 'input_image' },
  { type: 'input_image', image_url: 'x', detail: { low: 1, high: spelled('1.5') } },
  { type: 'input_image', image_url: 'x', detail: { é: 'é\u2028', low: spelled('1E2') } },
] as const;

const picture: MakeItem = (random) => {
  const shown = pick<JsonObject>(random, pictures);
  const text = { type: 'input_text', text: pick(random, ['a', 'b']) };
  return { type: 'message', role: 'user', content: random.chance(0.5) ? [shown] : [text, shown] };
};

const shownPicture: MakeItem = (random) => ({
  type: pick(random, ['function_call_output', 'custom_tool_call_output']),
  call_id: pick(random, ['f0', 'c0']),
  output: random.chance(0.7)
    ? [pick<JsonObject>(random, pictures)]
    : pick<Json>(random, [[], 'other', null, { a: 1 }]),
});

const hardlyContent: MakeItem = (random) => ({
  type: 'message',
  role: pick(random, ['user', 'assistant']),
  content: pick<Json>(random, [[], [{ type: 'text', text: 1 }], 'words', null]),
});

const makers = weighted<MakeItem>(
  [24, makeItem],
  [4, agentMessage],
  [4, picture],
  [3, shownPicture],
  [2, hardlyContent],
);

const make: MakeItem = (random) => identified(random, pick(random, [makeItem, ...makers])(random));

/** Gives an item an id, takes the one that it has, or leaves what is none. */
const identified = (random: Random, { id: _before, ...item }: JsonObject): JsonObject => {
  if (random.chance(0.8)) {
    const ids = item['type'] === 'agent_message' ? mailIds : itemIds;
    return { ...item, id: pick<string>(random, ids) };
  }
  // Messages between agents are read strictly: only null is no id there.
  const none = item['type'] === 'agent_message' ? null : pick<Json>(random, [null, 7]);
  return random.chance(0.8) ? item : { ...item, id: none };
};

const resent = (random: Random, item: JsonObject): JsonObject => {
  if (random.chance(0.85)) return item;
  if (random.chance(0.6)) return identified(random, item);
  const { id: _own, ...other } = makeItem(random);
  return { ...other, ...('id' in item && { id: item['id'] ?? null }) };
};

/** Items as schema 2 knows them: the same ids come back, are missing, swapped, or have other content. */
export const identifiedItems: ItemDialect = { make, resent };
