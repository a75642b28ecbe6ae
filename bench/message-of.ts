import { fork } from 'node:child_process';

/** Runs a script of its own process, and gives the message that it sends. Fails where it fails. */
export function messageOf(
  script: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(script, args, { execArgv: [...process.execArgv, ...nodeOptions] });
    let message: unknown;
    child.once('message', (sent) => (message = sent));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (message !== undefined && code === 0) resolve(message);
      else reject(new Error(`${script} ${args.join(' ')} ended with exit code ${code}`));
    });
  });
}
