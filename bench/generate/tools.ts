import type { Json, JsonObject } from './bundle-writer.js';
import { type Random, SEARCH_WORDS } from './random.js';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly namespace?: string | null;
  /** The kind as the event has it; most tools go by their own name. */
  readonly kind?: JsonObject;
  readonly args: string;
  /** Set where `args` is free text rather than JSON. */
  readonly custom?: true;
  /** Set for a tool that a code cell called and that the model never saw. */
  readonly cell?: { readonly runtimeCellId: string; readonly runtimeToolId: string };
}

export interface Command {
  readonly processId: number;
  readonly cmd: string;
}

/** A command that runs for a tool call. */
export interface Process extends Command {
  readonly callId: string;
  readonly turnId: string;
}

export function nextCommand(random: Random, number: number): Command {
  const search = `rg -n ${JSON.stringify(random.pick(SEARCH_WORDS))} src | head -${random.integer(5, 99)}`;
  const lines = `${random.integer(1, 200)},${random.integer(201, 400)}p`;
  const cmd = `${search} && sed -n '${lines}' src/mod_${random.integer(1, 500)}.rs`;
  return { processId: 1000 + number, cmd };
}

/** How the runtime names a process, at its start and at its end. */
export function processIds({ callId, processId, turnId }: Process): JsonObject {
  return { call_id: callId, process_id: String(processId), turn_id: turnId };
}

/** What the runtime was asked to run. */
export function processCommand({ cmd }: Process): JsonObject {
  return {
    command: ['/bin/bash', '-lc', cmd],
    cwd: '/project',
    parsed_cmd: [{ type: 'unknown', cmd }],
    source: 'unified_exec_startup',
  };
}

/** The result of a command that a code cell ran: a value for the script. */
export function scriptResult(chunkId: string, output: string): Json {
  const value = {
    chunk_id: chunkId,
    wall_time_seconds: 0.01,
    exit_code: 0,
    original_token_count: output.length >> 2,
    output,
  };
  return { type: 'code_mode_response', value };
}
