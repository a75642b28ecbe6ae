import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { AppServer } from './codex/app-server.js';
import type { RawEventType } from '../src/index.js';
import type { Home, Settings } from './codex/home.js';
import { startCodex, type CodexProcess } from './codex/process.js';
import { codexVersions, type CodexVersion } from './codex/versions.js';
import type { ModelScripts } from './model/script.js';

/** A session that a Codex records, always told in the same way, whatever its races make of it. */
export interface Scenario {
  readonly name: string;
  /** Versions that can play it; all if not given. */
  readonly versions?: readonly CodexVersion[];
  /** Events without which the recording is not that of this session. */
  readonly leaves: readonly RawEventType[];
  /** Versions whose recording the original refuses to reduce, always or now and then; none if not given. */
  readonly refused?: Partial<Readonly<Record<CodexVersion, 'always' | 'sometimes'>>>;
  readonly settings?: (version: CodexVersion) => Settings;
  readonly models: ModelScripts;
  /** What a user does; one prompt to `codex exec` if not given. */
  readonly drive?: (codex: Codex) => Promise<void>;
}

export const versionsOf = ({ versions = codexVersions }: Scenario): readonly CodexVersion[] => versions;

/** Versions with the later forms of tools and settings. */
export const isRecent = (version: CodexVersion): boolean => version !== '0.128.0';

/** What a scenario does with a Codex. */
export interface Codex {
  readonly version: CodexVersion;
  readonly home: Home;
  /** Starts `codex exec` with a prompt. */
  exec(prompt: string, ...resume: readonly string[]): CodexProcess;
  /** Starts `codex app-server` and connects to it. */
  appServer(): Promise<AppServer>;
  /** Waits for a file of the project that a command makes. */
  file(name: string): Promise<void>;
  /** Waits until the model was asked so many times. */
  asked(times: number): Promise<void>;
}

/** Runs the scenario in a home. Rejects where it cannot be played to its end in time. */
export const play = async (
  scenario: Scenario,
  run: { version: CodexVersion; binary: string; home: Home; requests: () => number; signal: AbortSignal },
): Promise<void> => {
  const { version, binary, home, requests, signal } = run;
  const processes: CodexProcess[] = [];
  const start = (...args: readonly string[]): CodexProcess => {
    const started = startCodex(binary, args, home, signal);
    processes.push(started);
    return started;
  };
  const until = async (isThere: () => boolean): Promise<void> => {
    while (!isThere()) await after(LOOK_MS, undefined, { signal });
  };
  const codex: Codex = {
    version,
    home,
    exec: (prompt, ...resume) => {
      const started = start('exec', ...RIGHTS, ...resume, prompt);
      started.child.stdin.end();
      return started;
    },
    appServer: () => AppServer.connect(start('app-server'), home),
    file: (name) => until(() => existsSync(path.join(home.project, name))),
    asked: (times) => until(() => requests() >= times),
  };
  try {
    await (scenario.drive ?? driveByPrompt)(codex);
    signal.throwIfAborted();
  } catch (error) {
    throw new Error(`${String(error)}\n${processes.at(-1)?.errors() ?? ''}`, { cause: error });
  } finally {
    for (const started of processes) started.kill();
    await Promise.all(processes.map(({ ended }) => ended));
  }
};

const LOOK_MS = 20;
const RIGHTS = ['--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox'];

const driveByPrompt = (codex: Codex): Promise<void> => codex.exec('Do what has to be done.').ended;

/** Shell: says in a file that it began, and goes on until that is removed, with the project at the latest. */
export const untilRemoved = (file: string): string =>
  `touch ${file}; while [ -e ${file} ]; do sleep 0.05; done`;
