import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What the original makes of a bundle: the text of its graph, the causes of its refusal, or a panic. */
export type Answer =
  | { readonly type: 'graph'; readonly text: string }
  | { readonly type: 'refusal'; readonly causes: readonly string[] }
  | { readonly type: 'panic'; readonly message: string };

/** Runs `codex debug trace-reduce` on a folder. Rejects where the binary cannot be run, or does not end. */
export const askOriginal = async (binary: string, folder: string): Promise<Answer> => {
  const output = path.join(folder, '..', `${path.basename(folder)}.state.json`);
  rmSync(output, { force: true });
  const { code, stderr } = await run(binary, ['debug', 'trace-reduce', folder, '-o', output]);
  if (code === 0) return { type: 'graph', text: readFileSync(output, 'utf8') };
  if (code === 101) return { type: 'panic', message: stderr };
  return { type: 'refusal', causes: causesIn(stderr) };
};

const TIMEOUT_MS = 600_000;

const run = (binary: string, args: readonly string[]): Promise<{ code: number; stderr: string }> =>
  new Promise((resolve, reject) => {
    execFile(binary, args, { timeout: TIMEOUT_MS, killSignal: 'SIGKILL' }, (error, _stdout, stderr) => {
      if (!error) resolve({ code: 0, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stderr });
      else reject(error);
    });
  });

/** `Error: outermost`, then the causes, up to the backtrace. */
const causesIn = (stderr: string): readonly string[] => {
  const start = stderr.indexOf('Error: ');
  const [report = ''] = stderr.slice(start + 'Error: '.length).split('\n\nStack backtrace:');
  return report
    .split('\n')
    .map((line) => line.replace(/^\s+(?:\d+: )?/, ''))
    .filter((line) => line !== '' && line !== 'Caused by:');
};
