import { parseThreadId } from '../payloads/thread-id.js';
import { textIn, textsIn } from './readable-value.js';
import type { ToolCallKind } from '../model/tool-kind.js';

/** A command that a tool started. */
export interface CommandStart {
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  /**
   * By this a later write to its terminal finds the command. In schema 1 it belongs to the agent that used it first:
   * a command of another is recorded without it, and a write of another as a tool of the kind `other`.
   */
  readonly processId?: string | number | null | undefined;
}

export interface CommandEnd {
  /** Null where a signal ended the process. */
  readonly exitCode: number | null;
  /** All output, in the order in which it came. */
  readonly output: string;
  /** The parts of it, where they are known: schema 1 has no other place for the output. */
  readonly stdout?: string | undefined;
  readonly stderr?: string | undefined;
}

/** An agent that a tool started, sent something to, or stopped. */
export interface ReachedAgent {
  /** A UUID. */
  readonly threadId: string;
  /** What was sent, as the history of that agent has it: so the two are joined. Nothing where it was stopped. */
  readonly message?: string | undefined;
}

/** Ids of the call that a report is about. */
interface Reported {
  readonly callId: string;
  readonly turnId: string;
}

/** The process as readers know it; null where there is none. */
export const processOf = ({ processId }: CommandStart): string | null =>
  processId === undefined || processId === null || processId === '' ? null : String(processId);

export const commandReport = ({ callId, turnId }: Reported, start: CommandStart): object => ({
  call_id: callId,
  process_id: processOf(start),
  turn_id: turnId,
  command: textsIn('command', start.command),
  cwd: textIn('cwd', start.cwd),
});

/** What both schemas want to know: schema 1 reads the outputs one by one, schema 2 all in one. */
export const commandEndReport = (
  reported: Reported,
  start: CommandStart,
  { exitCode, output, stdout = output, stderr = '' }: CommandEnd,
): object => ({
  ...commandReport(reported, start),
  stdout: textIn('stdout', stdout),
  stderr: textIn('stderr', stderr),
  aggregated_output: textIn('output', output),
  // A process that was killed has none; and a code of Windows may lie beyond the 32 bits with a sign.
  exit_code: exitCode === null ? -1 : exitCode | 0,
  formatted_output: output,
});

/** Kinds of which readers read what the runtime reports. */
const readKinds: ReadonlySet<ToolCallKind['type']> = new Set([
  'exec_command',
  'write_stdin',
  'spawn_agent',
  'send_message',
  'assign_agent_task',
  'close_agent',
]);

/** Whether the runtime may report anything of such a tool. */
export const reportsFreely = (kind: ToolCallKind): boolean => !readKinds.has(kind.type);

/** What a tool between agents did; null where it is another tool, or where ids are no UUIDs: readers refuse those. */
export const agentReport = (
  callId: string,
  kind: ToolCallKind,
  sender: string,
  { threadId, message = '' }: ReachedAgent,
): object | null => {
  if (parseThreadId(sender) === undefined || parseThreadId(threadId) === undefined) return null;
  const prompt = textIn('message', message);
  const report = {
    call_id: callId,
    completed_at_ms: Date.now(),
    sender_thread_id: sender,
    status: 'running',
  };
  switch (kind.type) {
    case 'spawn_agent':
      return { ...report, new_thread_id: threadId, prompt, model: '', reasoning_effort: 'none' };
    case 'send_message':
    case 'assign_agent_task':
      return { ...report, receiver_thread_id: threadId, prompt };
    case 'close_agent':
      return { ...report, receiver_thread_id: threadId };
    default:
      return null;
  }
};
