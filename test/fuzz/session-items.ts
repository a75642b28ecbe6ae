import type { Random } from '../../bench/generate/random.js';
import { choose, weighted } from './choose.js';
import type { ItemDialect } from './session-dialect.js';
import { agents, type JsonObject } from './session-log.js';

/** Call ids of the model: few, so that items, tools and cells meet under them. */
export const functionCalls = ['f0', 'f1', 'f2'] as const;
export const cellCalls = ['c0', 'c1', 'c2'] as const;

/** Messages between agents: few, so that deliveries compete for them. */
export const mails = ['go', 'done', 'ENC'] as const;

export type MakeItem = (random: Random) => JsonObject;

export const pick = <T>(random: Random, list: readonly [T, ...T[]]): T => choose(random, list) ?? list[0];

const message: MakeItem = (random) => ({
  type: 'message',
  role: pick(random, ['user', 'assistant', 'developer']),
  content: [{ type: 'input_text', text: pick(random, ['a', 'b', 'c']) }],
});

const answer: MakeItem = (random) => ({
  type: 'message',
  role: 'assistant',
  phase: pick(random, ['commentary', 'final_answer', 'other']),
  content: [{ type: 'output_text', text: pick(random, ['a', 'b']) }],
});

const image: MakeItem = () => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_image', image_url: 'x' }],
});

/** The same blob, with or without what can be read of it. */
const reasoning: MakeItem = (random) => ({
  type: 'reasoning',
  ...(random.chance(0.5) && { content: [{ type: 'reasoning_text', text: pick(random, ['r', 's']) }] }),
  summary: random.chance(0.5) ? [{ type: 'summary_text', text: 'sum' }] : [],
  encrypted_content: pick(random, ['E1', 'E2']),
});

/** What a call id stands for is always the same: otherwise the original refuses the session. */
const functionCall: MakeItem = (random) => {
  const call_id = pick(random, functionCalls);
  return { type: 'function_call', call_id, name: 'shell', arguments: `{"cmd":"${call_id}"}` };
};
const functionOutput: MakeItem = (random) => {
  const call_id = pick(random, functionCalls);
  return { type: 'function_call_output', call_id, output: `out ${call_id}` };
};
const cellCall: MakeItem = (random) => {
  const call_id = pick(random, cellCalls);
  return { type: 'custom_tool_call', call_id, name: 'exec', input: `js ${call_id}` };
};
const cellOutput: MakeItem = (random) => {
  const call_id = pick(random, cellCalls);
  return { type: 'custom_tool_call_output', call_id, output: `out ${call_id}` };
};

const hosted: MakeItem = (random) => ({
  type: 'web_search_call',
  query: pick(random, ['x', 'y']),
  ...(random.chance(0.3) && { internal_chat_message_metadata_passthrough: { turn_id: 'x' } }),
  status: 'completed',
});

const path = (random: Random): string => pick(random, ['/root', '/root/kid', '/root/kid/pup']);

export const agentMessage: MakeItem = (random) => {
  const text = { type: 'input_text', text: pick(random, mails) };
  const encrypted = { type: 'encrypted_content', encrypted_content: pick(random, mails) };
  const content = pick(random, [[text], [encrypted], [text, encrypted]]);
  return { type: 'agent_message', author: path(random), recipient: path(random), content };
};

const textMail: MakeItem = (random) => {
  const mail = {
    author: path(random),
    recipient: path(random),
    other_recipients: [],
    content: pick(random, mails),
  };
  const text = JSON.stringify({ ...mail, trigger_turn: true });
  return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] };
};

const compacted: MakeItem = () => ({ type: 'compaction', encrypted_content: 'SUM' });
const skipped: MakeItem = () => ({ type: 'additional_tools', tools: [] });

const makers = weighted<MakeItem>(
  [5, message],
  [2, answer],
  [1, image],
  [4, reasoning],
  [4, functionCall],
  [4, functionOutput],
  [4, cellCall],
  [4, cellOutput],
  [2, hosted],
  [5, agentMessage],
  [2, textMail],
  [1, compacted],
  [1, skipped],
);

/** An item that every schema has. */
export const makeItem: MakeItem = (random) => (choose(random, makers) ?? message)(random);

export const newItems = (items: ItemDialect, random: Random, most: number): JsonObject[] =>
  Array.from({ length: random.integer(0, most) }, () => items.make(random));

/** A history as the next request carries it: mostly unchanged, with something new at its end. */
export const nextHistory = (
  items: ItemDialect,
  random: Random,
  history: readonly JsonObject[],
): JsonObject[] => {
  const next = history.map((item) => items.resent(random, item));
  while (random.chance(0.35) && next.length > 0) {
    const at = random.integer(0, next.length - 1);
    const [moved] = next.splice(at, random.integer(0, 1));
    if (random.chance(0.5)) next.splice(random.integer(0, next.length), 0, moved ?? items.make(random));
  }
  return [...next, ...newItems(items, random, 3)];
};

/** The agents of a session, one of them. */
export const anyAgent = (random: Random) => pick(random, [agents[0], agents[0], ...agents]) ?? agents[0];
