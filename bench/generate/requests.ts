import { type Json, type JsonObject, pretty } from './bundle-writer.js';
import { type PrintedItem, printList } from './history.js';
import type { TextPool } from './random.js';

export type PrintRequest = (input: readonly PrintedItem[]) => string;

/** What every full request of a session repeats. */
export interface RequestBase {
  readonly instructions: string;
  readonly tools: readonly Json[];
  readonly cacheKey: string;
}

export function requestBase(bytes: number, cacheKey: string, texts: TextPool): RequestBase {
  const instructions = texts.output(Math.floor(bytes * 0.35));
  return { instructions, tools: toolDefinitions(Math.floor(bytes * 0.6), texts), cacheKey };
}

/** A body around its input. What stands before and after is printed once: it is the bulk of short requests. */
export function requestAround(before: JsonObject, after: JsonObject): PrintRequest {
  const head = `${pretty(before).slice(0, -'\n}'.length)},\n  "input": `;
  const tail = `,\n${pretty(after).slice('{\n'.length)}`;
  return (input) => `${head}${printList(input)}${tail}`;
}

/** The fields that follow the tools in full requests of both schemas. */
export const TOOL_USE = { tool_choice: 'auto', parallel_tool_calls: false } as const;
export const INCLUDED = ['reasoning.encrypted_content'] as const;

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
