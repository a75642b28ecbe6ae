import { once } from 'node:events';
import { closeSync, createWriteStream, existsSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openBundle } from '../node/open-bundle.js';
import { logFile } from '../node/read-log.js';
import { isSystemError, systemReason } from '../node/system-error.js';
import { newestBundle } from '../node/tail/find-bundles.js';
import { singleFile } from '../node/view/single-file.js';
import { viewServer, type ViewServer, type ViewServerOptions } from '../node/view/view-server.js';
import { readViewerSite } from '../node/view/viewer-site.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { Failure, reportFailure } from './failure.js';
import { explainNoBundle, explainNoBundleToCome, kindOf } from './no-bundle.js';
import { openBrowser } from './open-browser.js';
import { plainText } from './plain-text.js';
import { replayWatched } from './replay-watched.js';
import { tellProblems } from './tell-problems.js';

export interface ViewOptions {
  readonly out?: string;
  readonly redact?: true;
  readonly open: boolean;
  readonly port?: number;
}

/** Beside the command in the built package. */
const VIEWER = fileURLToPath(new URL('../viewer/', import.meta.url));

/** `rollout-trace view`: shows a bundle in a browser, or writes the page that does. */
export const view = async (given: string, options: ViewOptions, signal: AbortSignal): Promise<ExitCode> => {
  if (options.out !== undefined) {
    const bundle = bundleNow(given);
    // A server may wait for the log; a page without one would be empty.
    closeSync(openBundle(bundle).files.open(logFile));
    await writePage(bundle, options.out, options.redact === true, signal);
    process.stdout.write(`${options.out}\n`);
    return problemsOf(bundle, signal);
  }
  try {
    return await serve(await bundleToCome(given, signal), options, signal);
  } catch (error) {
    if (signal.aborted) return exitCodes.clean;
    throw error;
  }
};

/** A page is made of the log as it is; only a reduction knows what is wrong with it. */
const problemsOf = async (bundle: string, signal: AbortSignal): Promise<ExitCode> => {
  const { diagnostics } = await replayWatched(bundle, { strict: false, signal });
  return tellProblems(diagnostics, writtenInSpite);
};

const writtenInSpite = { more: 'rollout-trace check lists all', end: 'written in spite of' };

/** A folder of bundles means the one that began last. */
const bundleIn = (given: string): string | undefined => {
  if (kindOf(given) === 'bundle') return given;
  return kindOf(given) === 'root' ? newestBundle(given) : undefined;
};

const bundleNow = (given: string): string => {
  const bundle = bundleIn(given);
  if (bundle !== undefined) {
    openBundle(bundle);
    return bundle;
  }
  throw explainNoBundle(given) ?? new Failure(`${given} is no bundle`);
};

/** Milliseconds between two looks for a session that is still to begin. */
const LOOK_MS = 200;

const bundleToCome = async (given: string, signal: AbortSignal): Promise<string> => {
  const impossible = explainNoBundleToCome(given);
  if (impossible) throw impossible;
  if (bundleIn(given) === undefined) process.stderr.write(`waiting for a bundle: ${plainText(given)}\n`);
  while (bundleIn(given) === undefined) await delay(LOOK_MS, undefined, { signal });
  return bundleNow(given);
};

const serve = async (bundle: string, { open, port }: ViewOptions, signal: AbortSignal): Promise<ExitCode> => {
  const site = readViewerSite(VIEWER);
  let opened = (): void => {};
  const server = await listening(bundle, { site, port: port ?? 0, onRead: () => opened() });
  try {
    process.stdout.write(`${server.url}\n`);
    process.stderr.write(`Shows ${plainText(bundle)} until Ctrl-C. Whoever has the address can read it.\n`);
    if (open) opened = tryToOpen(server.url);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    opened();
    server.close();
  }
  return exitCodes.clean;
};

const tryToOpen = (url: string): (() => void) => {
  try {
    return openBrowser(url);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    process.stderr.write(`cannot open a browser: ${systemReason(error)}. Open the address yourself.\n`);
    return () => {};
  }
};

const listening = async (bundle: string, options: ViewServerOptions): Promise<ViewServer> => {
  try {
    return await viewServer(bundle, { ...options, onError: reportFailure });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const hint = 'Name another port, or leave --port out to take any that is free.';
    throw new Failure(`cannot ${error.message}`, hint, { cause: error });
  }
};

/** A page that is not whole never stands under its name. */
const writePage = async (
  bundle: string,
  file: string,
  redact: boolean,
  signal: AbortSignal,
): Promise<void> => {
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new Failure(`${file} is a folder`, 'Name the file that --out should write.');
  }
  const site = readViewerSite(VIEWER);
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await pipeline(singleFile(bundle, { site, redact, signal }), createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    if (!isSystemError(error)) throw error;
    throw new Failure(`cannot write ${file}: ${systemReason(error)}`, null, { cause: error });
  }
};
