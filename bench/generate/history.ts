import { type Json, pretty } from './bundle-writer.js';
import type { TextPool } from './random.js';

/**
 * One history item, printed at the depth it has inside `input` and `output_items`. Items are printed once and
 * joined into each request: printing a whole history for each request would take minutes.
 */
export type PrintedItem = string;

/** Prints a value as one element of a list that is a field of the payload. */
function printItem(value: Json): PrintedItem {
  return pretty(value).replaceAll('\n', '\n    ');
}

export function printList(items: readonly PrintedItem[]): string {
  return items.length === 0 ? '[]' : `[\n    ${items.join(',\n    ')}\n  ]`;
}

type Role = 'developer' | 'user' | 'assistant';
type Channel = 'commentary' | 'final_answer';

export function message(role: Role, text: string, phase?: Channel): PrintedItem {
  const type = role === 'assistant' ? 'output_text' : 'input_text';
  const head = { type: 'message', role, ...(phase === undefined ? {} : { phase }) };
  return printItem({ ...head, content: [{ type, text }] });
}

/** A letter between agents: an assistant message whose text is the envelope as JSON. */
export function mail(author: string, recipient: string, content: string): PrintedItem {
  const envelope = { author, recipient, other_recipients: [], content, trigger_turn: true };
  return message('assistant', JSON.stringify(envelope), 'commentary');
}

export function reasoning(summary: string, encrypted: string): PrintedItem {
  const parts = [{ type: 'summary_text', text: summary }];
  return printItem({ type: 'reasoning', summary: parts, content: null, encrypted_content: encrypted });
}

/**
 * A function call. The arguments have to be ASCII: the original cuts their JSON at byte 240 and panics when a
 * longer character lies across that byte.
 */
export function functionCall(name: string, callId: string, args: string): PrintedItem {
  return printItem({ type: 'function_call', name, arguments: args, call_id: callId });
}

export function functionOutput(callId: string, output: string): PrintedItem {
  return printItem({ type: 'function_call_output', call_id: callId, output });
}

export function cellCall(callId: string, source: string): PrintedItem {
  return printItem({
    type: 'custom_tool_call',
    status: 'completed',
    call_id: callId,
    name: 'exec',
    input: source,
  });
}

export function cellOutput(callId: string, output: string): PrintedItem {
  return printItem({ type: 'custom_tool_call_output', call_id: callId, output });
}

export function compactionItem(encrypted: string): PrintedItem {
  return printItem({ type: 'compaction', encrypted_content: encrypted });
}

/** Prints request bodies. Instructions and tools are the same in each full request, so they are kept as text. */
export class RequestPrinter {
  readonly #head: string;
  readonly #tail: string;

  constructor(baseBytes: number, cacheKey: string, texts: TextPool) {
    const instructions = texts.output(Math.floor(baseBytes * 0.35));
    const rest = {
      tools: toolDefinitions(Math.floor(baseBytes * 0.6), texts),
      tool_choice: 'auto',
      parallel_tool_calls: false,
      reasoning: { effort: 'medium', summary: 'auto' },
      store: false,
      stream: true,
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: cacheKey,
    };
    this.#head = `{\n  "model": "gpt-5",\n  "instructions": ${JSON.stringify(instructions)},\n  "input": `;
    this.#tail = `,\n${pretty(rest).slice('{\n'.length)}`;
  }

  full(history: readonly PrintedItem[]): string {
    return `${this.#head}${printList(history)}${this.#tail}`;
  }

  incremental(previousResponseId: string, added: readonly PrintedItem[]): string {
    const previous = `"previous_response_id": ${JSON.stringify(previousResponseId)}`;
    const head = `{\n  "type": "response.create",\n  "model": "gpt-5",\n  ${previous}`;
    return `${head},\n  "input": ${printList(added)},\n  "store": false,\n  "stream": true\n}`;
  }
}

function toolDefinitions(bytes: number, texts: TextPool): Json[] {
  const tools: Json[] = [];
  for (let length = 0; length < bytes;) {
    const keys = ['cmd', 'workdir', 'yield_time_ms', 'max_output_tokens'];
    const fields = keys.map((key) => [key, { type: 'string', description: texts.output(120) }] as const);
    const parameters = { type: 'object', properties: Object.fromEntries(fields), required: ['cmd'] };
    const tool = {
      type: 'function',
      name: `tool_${tools.length}`,
      description: texts.output(700),
      parameters,
    };
    tools.push(tool);
    length += pretty(tool).length;
  }
  return tools;
}
