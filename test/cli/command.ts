import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCase, type Case, type Schema } from '../helpers/case-file.js';

const MAIN = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command as a shell would, and waits for its end. */
export const command = (...args: readonly string[]): Promise<Outcome> => started(args).outcome;

/** Starts the built command, for a test that does something to it. */
export const started = (
  args: readonly string[],
  nodeOptions: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
) => {
  const child = spawn(process.execPath, [...nodeOptions, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const [out, err] = [Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString()];
      resolve({ code, signal, stdout: out, stderr: err });
    });
  });
  return { child, outcome };
};

/** The files that Node.js loads for a run of the command, as URLs. */
export const loadedBy = async (...args: readonly string[]): Promise<readonly string[]> => {
  const say = 'export const load = (url, context, next) => (process._rawDebug(url), next(url, context));';
  const hook = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(say))});`;
  const { stderr } = await started(args, ['--import', dataUrl(hook)]).outcome;
  return stderr.split('\n').filter((url) => url.startsWith('file:'));
};

const dataUrl = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

const carriedCase = (name: string, schema: Schema): Case => {
  const file = new URL(`../cases/schema-${schema}/${name}.case`, import.meta.url);
  return readCase(readFileSync(file, 'utf8'));
};

/** The files of a carried case. */
export const caseFiles = (name: string, schema: Schema = 1): Map<string, Uint8Array | string> =>
  new Map(carriedCase(name, schema).files);

/** The state that the original prints for a carried case. */
export const caseState = (name: string, schema: Schema = 1): string => {
  const { expected } = carriedCase(name, schema);
  if (!('state' in expected)) throw new Error(`the original refuses ${name}`);
  return expected.state;
};

/** The files with one of them edited as text. */
export const edited = (
  files: ReadonlyMap<string, Uint8Array | string>,
  name: string,
  edit: (text: string) => string,
): Map<string, Uint8Array | string> => {
  const content = files.get(name);
  if (content === undefined) throw new Error(`no file ${name}`);
  return new Map([...files, [name, edit(Buffer.from(content).toString())]]);
};
