import { functionCall, functionOutput } from './history.js';
import type { Session, Turn } from './session.js';
import {
  commandBegin,
  commandEnd,
  directResult,
  nextCommand,
  runtimeEnded,
  runtimeStarted,
  toolEnded,
  toolStarted,
} from './tool-events.js';

/** exec_command: called, started, ended and shown to the model. Some commands keep their terminal open. */
export function commandStep(session: Session, turn: Turn): void {
  const { random, options } = session;
  const id = `call_${session.next('call')}`;
  const command = nextCommand(session);
  const args = JSON.stringify({ cmd: command.cmd, yield_time_ms: 1000 });
  const staysOpen = random.chance(options.stdinShare);
  const output = session.outputText();
  const thoughts = random.chance(0.8) ? [session.reasoning()] : [];
  session.infer(turn, [...thoughts, functionCall('exec_command', id, args)], () => {
    toolStarted(session, turn, { id, name: 'exec_command', args });
  });
  runtimeStarted(session, turn, id, commandBegin(turn, id, command));
  if (!staysOpen) runtimeEnded(session, turn, id, commandEnd(session, turn, id, command, output));
  const outcome = staysOpen
    ? `Process running with session ID ${command.processId}`
    : 'Process exited with code 0';
  const head = `Chunk ID: ${random.hex(6)}\nWall time: 0.0100 seconds\n${outcome}`;
  const shown = `${head}\nOriginal token count: ${output.length >> 2}\nOutput:\n${output}`;
  toolEnded(session, turn, id, directResult(id, shown));
  turn.thread.history.push(functionOutput(id, shown));
  if (staysOpen) turn.thread.openTerminals.push(command.processId);
}

/** write_stdin to an open terminal. It has no runtime events: Codex records none for it. */
export function stdinStep(session: Session, turn: Turn, processId: number): void {
  const id = `call_${session.next('call')}`;
  const chars = session.random.chance(0.5) ? '' : 'y\n';
  const args = JSON.stringify({ session_id: processId, chars, yield_time_ms: 300 });
  session.infer(turn, [functionCall('write_stdin', id, args)]);
  toolStarted(session, turn, { id, name: 'write_stdin', args });
  const shown = `Chunk ID: ${session.random.hex(6)}\nOutput:\n${session.outputText(0.5)}`;
  toolEnded(session, turn, id, directResult(id, shown));
  turn.thread.history.push(functionOutput(id, shown));
}
