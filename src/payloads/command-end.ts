import * as z from 'zod/mini';
import type { PayloadBody } from '../bundle/payload.js';
import type { TerminalResult } from '../model/runtime.js';
import { i32, optional } from '../model/wire.js';
import { readTyped, type Typed } from '../serde/typed.js';

/** How an operation ended, and the process that the runtime named, if it did. */
export interface TerminalEnd {
  readonly process_id: string | null;
  readonly result: TerminalResult;
}

export const noResult: TerminalResult = {
  exit_code: null,
  stdout: '',
  stderr: '',
  formatted_output: null,
  original_token_count: null,
  chunk_id: null,
};

/** Reads the event with which the runtime ends a command. */
export type CommandEndForm = (body: PayloadBody) => Typed<TerminalEnd>;

const separateSchema = z.object({
  process_id: optional(z.string()),
  stdout: z.string(),
  stderr: z.string(),
  exit_code: i32,
  formatted_output: z.string(),
});

/** Both outputs of the command, and what was made of them for the model. */
export const separateOutputs: CommandEndForm = (body) => {
  const read = readTyped(separateSchema, body, [['exit_code']]);
  if ('issue' in read) return read;
  const { process_id, stdout, stderr, exit_code, formatted_output: formatted } = read.data;
  // Mostly the same text: one copy of it is enough.
  const formatted_output = formatted === stdout ? stdout : formatted;
  const result = { ...noResult, exit_code, stdout, stderr, formatted_output };
  return { data: { process_id: process_id ?? null, result } };
};

const aggregatedSchema = z.object({
  process_id: optional(z.string()),
  exit_code: i32,
  /** May be left out, but not null. */
  aggregated_output: z.optional(z.string()),
});

/** One output, in the order in which both came. */
export const aggregatedOutput: CommandEndForm = (body) => {
  const read = readTyped(aggregatedSchema, body, [['exit_code']]);
  if ('issue' in read) return read;
  const { process_id, exit_code, aggregated_output = '' } = read.data;
  const result = { ...noResult, exit_code, stdout: aggregated_output };
  return { data: { process_id: process_id ?? null, result } };
};
