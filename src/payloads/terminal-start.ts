import * as z from 'zod/mini';
import type { PayloadBody } from '../bundle/payload.js';
import { ExactNumber, JsonSyntaxError } from '../json/exact.js';
import type { TerminalOperation, TerminalRequest } from '../model/runtime.js';
import { optional, u64 } from '../model/wire.js';
import { RepeatedFieldError } from '../serde/forms.js';
import { readStruct } from '../serde/read-struct.js';
import { firstIssue, readTyped, type Typed } from '../serde/typed.js';

/** A request as a terminal operation shows it, with the process that it names, if it does. */
export interface TerminalStart {
  readonly process_id: string | null;
  readonly request: TerminalRequest;
}

/** The runtime's begin event of a command. */
const execBeginSchema = z.object({
  process_id: optional(z.string()),
  command: z.array(z.string()),
  cwd: z.string(),
  interaction_input: optional(z.string()),
});

export const readRuntimeStart = (
  body: PayloadBody,
  kind: TerminalOperation['kind'],
): Typed<TerminalStart> => {
  const read = readTyped(execBeginSchema, body);
  if ('issue' in read) return read;
  const { process_id, command, cwd, interaction_input } = read.data;
  const limits = { yield_time_ms: null, max_output_tokens: null };
  const request: TerminalRequest =
    kind === 'exec_command'
      ? { type: 'exec_command', command, display_command: command.join(' '), cwd, ...limits }
      : { type: 'write_stdin', stdin: interaction_input ?? '', ...limits };
  return { data: { process_id: process_id ?? null, request } };
};

/** What the dispatcher sent to a tool. */
const dispatchSchema = z.object({
  tool_name: z.string(),
  payload: z.object({ type: z.string(), arguments: optional(z.string()) }),
});
type Dispatch = z.infer<typeof dispatchSchema>;

/** The same where tools have namespaces; the order of the fields counts. */
const namespacedSchema = z.object({
  tool_name: dispatchSchema.shape.tool_name,
  tool_namespace: optional(z.string()),
  payload: dispatchSchema.shape.payload,
});

const writeStdinSchema = z.object({
  /** A string or a number; its text joins the operations of one session. */
  session_id: z.unknown(),
  chars: z.optional(z.string()),
  yield_time_ms: optional(u64),
  max_output_tokens: optional(u64),
});

/** Reads a call of `write_stdin`; null where it is one that no terminal has anything to do with. */
export type WriteForm = (body: PayloadBody) => Typed<TerminalStart | null>;

/** Every call has to be one that a terminal understands. */
export const anyWrite: WriteForm = (body) => {
  const dispatch = readTyped(dispatchSchema, body);
  if ('issue' in dispatch) return dispatch;
  const args = functionArguments(dispatch.data);
  return 'issue' in args ? args : readArguments(args.data);
};

/** A call with arguments that make no sense, or of another tool of that name, is a tool like any other. */
export const usableWrite: WriteForm = (body) => {
  const dispatch = readTyped(namespacedSchema, body);
  if ('issue' in dispatch) return dispatch;
  if ((dispatch.data.tool_namespace ?? null) !== null) return { data: null };
  const args = functionArguments(dispatch.data);
  if ('issue' in args) return args;
  const read = readArguments(args.data);
  return 'issue' in read ? { data: null } : read;
};

const functionArguments = ({ tool_name, payload }: Dispatch): Typed<string> => {
  if (tool_name !== 'write_stdin') return { issue: `is for the tool ${tool_name}, not write_stdin` };
  if (payload.type !== 'function') return { issue: `has the unsupported payload type ${payload.type}` };
  if (typeof payload.arguments !== 'string') return { issue: 'omitted the function arguments' };
  return { data: payload.arguments };
};

const readArguments = (text: string): Typed<TerminalStart> => {
  try {
    const read = readStruct(writeStdinSchema, text);
    if (!read.success) return { issue: `has unusable function arguments: ${firstIssue(read.error)}` };
    const process_id = sessionName(read.data.session_id);
    if (process_id === undefined) return { issue: 'omitted the session_id' };
    const { chars = '', yield_time_ms, max_output_tokens } = read.data;
    const limits = { yield_time_ms: yield_time_ms ?? null, max_output_tokens: max_output_tokens ?? null };
    return { data: { process_id, request: { type: 'write_stdin', stdin: chars, ...limits } } };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError || error instanceof RepeatedFieldError)) throw error;
    return { issue: `has invalid function arguments: ${error.message}` };
  }
};

const sessionName = (id: unknown): string | undefined => {
  if (id instanceof ExactNumber) return id.literal;
  if (typeof id === 'number' || typeof id === 'bigint') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
};
