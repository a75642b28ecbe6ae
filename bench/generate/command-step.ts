import { functionCall, functionOutput } from './history.js';
import type { OpenTerminal, Session, Turn } from './session.js';
import { processEnded, processStarted, toolAnswered, toolStarted } from './tool-events.js';
import { nextCommand } from './tools.js';

/** exec_command: called, started, ended and shown to the model. Some commands keep their terminal open. */
export function commandStep(session: Session, turn: Turn): void {
  const { random, options } = session;
  const id = `call_${session.next('call')}`;
  const command = nextCommand(random, session.next('process'));
  const process = { ...command, callId: id, turnId: turn.turnId };
  const args = JSON.stringify({ cmd: command.cmd, yield_time_ms: 1000 });
  const staysOpen = random.chance(options.stdinShare);
  const output = session.outputText();
  const thoughts = random.chance(0.8) ? [session.reasoning()] : [];
  session.infer(turn, [...thoughts, functionCall('exec_command', id, args)], () => {
    toolStarted(session, turn, { id, name: 'exec_command', args });
  });
  processStarted(session, turn, process);
  if (!staysOpen) processEnded(session, turn, process, output);
  const outcome = staysOpen
    ? `Process running with session ID ${command.processId}`
    : 'Process exited with code 0';
  const head = `Chunk ID: ${random.hex(6)}\nWall time: 0.0100 seconds\n${outcome}`;
  const shown = `${head}\nOriginal token count: ${output.length >> 2}\nOutput:\n${output}`;
  toolAnswered(session, turn, id, functionOutput(id, shown));
  if (staysOpen) turn.thread.openTerminals.push({ processId: command.processId, commandId: id });
}

/** write_stdin to an open terminal. It has no runtime events: Codex records none for it. */
export function stdinStep(session: Session, turn: Turn, terminal: OpenTerminal): void {
  const id = `call_${session.next('call')}`;
  const chars = session.random.chance(0.5) ? '' : 'y\n';
  const args = JSON.stringify({ session_id: terminal.processId, chars, yield_time_ms: 300 });
  session.infer(turn, [functionCall('write_stdin', id, args)]);
  toolStarted(session, turn, { id, name: 'write_stdin', args });
  session.dialect.tools.stdinTarget(turn, id, terminal.commandId);
  const shown = `Chunk ID: ${session.random.hex(6)}\nOutput:\n${session.outputText(0.5)}`;
  toolAnswered(session, turn, id, functionOutput(id, shown));
}
