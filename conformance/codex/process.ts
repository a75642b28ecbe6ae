import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Home } from './home.js';

/** A running Codex. */
export interface CodexProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves at its end. */
  readonly ended: Promise<void>;
  /** The end of what it said about errors. */
  errors(): string;
  /** Kills it, and what it started and did not put into a group of its own. */
  kill(): void;
}

const KEPT_CHARACTERS = 2000;

/** Starts Codex in a home; it is killed when the signal aborts. */
export const startCodex = (
  binary: string,
  args: readonly string[],
  home: Home,
  signal: AbortSignal,
): CodexProcess => {
  const { project: cwd, environment: env } = home;
  const child = spawn(binary, args, { cwd, env, detached: true });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-KEPT_CHARACTERS);
  });
  // Whoever writes to a process that has ended learns it from `ended`.
  child.stdin.on('error', () => {});
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group has ended by itself.
    }
  };
  signal.addEventListener('abort', kill, { once: true });
  const ended = once(child, 'exit').then(() => signal.removeEventListener('abort', kill));
  return { child, ended, errors: () => errors, kill };
};
