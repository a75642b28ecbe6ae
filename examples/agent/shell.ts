import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ToolRecorder } from 'rollout-trace/recorder';

/** Runs a command by the shell and records it as what `tool` did; promises what the command printed. */
export const runCommand = async (tool: ToolRecorder<unknown>, cmd: string): Promise<string> => {
  const cwd = process.cwd();
  const child = spawn(cmd, { shell: true, cwd });
  tool.commandStarted({ command: ['sh', '-c', cmd], cwd, processId: child.pid });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
  const [exitCode]: (number | null)[] = await once(child, 'close');
  tool.commandEnded({ exitCode: exitCode ?? null, output });
  return output;
};
