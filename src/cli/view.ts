import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { openBundle } from '../node/open-bundle.js';
import { isSystemError, systemReason } from '../node/system-error.js';
import { singleFile } from '../node/view/single-file.js';
import { viewServer } from '../node/view/view-server.js';
import { readViewerSite } from '../node/view/viewer-site.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { Failure, reportFailure } from './failure.js';
import { explainNoBundle } from './no-bundle.js';
import { openBrowser } from './open-browser.js';

export interface ViewOptions {
  readonly out?: string;
  readonly redact?: true;
  readonly open: boolean;
  readonly port?: number;
}

/** Beside the command in the built package. */
const VIEWER = fileURLToPath(new URL('../viewer/', import.meta.url));

/** `rollout-trace view`: shows a bundle in a browser, or writes the page that does. */
export const view = async (bundle: string, options: ViewOptions, signal: AbortSignal): Promise<ExitCode> => {
  const noBundle = explainNoBundle(bundle);
  if (noBundle) throw noBundle;
  openBundle(bundle);
  if (options.out !== undefined) {
    await writePage(bundle, options.out, options.redact === true, signal);
    process.stdout.write(`${options.out}\n`);
    return exitCodes.clean;
  }
  return serve(bundle, options, signal);
};

const serve = async (bundle: string, { open, port }: ViewOptions, signal: AbortSignal): Promise<ExitCode> => {
  const site = readViewerSite(VIEWER);
  const server = await viewServer(bundle, { site, port: port ?? 0, onError: reportFailure });
  process.stdout.write(`${server.url}\n`);
  process.stderr.write('Shows the bundle until Ctrl-C. Whoever has the address can read it.\n');
  if (open) openBrowser(server.url);
  if (!signal.aborted) await once(signal, 'abort');
  server.close();
  return exitCodes.clean;
};

/** A page that is not whole never stands under its name. */
const writePage = async (
  bundle: string,
  file: string,
  redact: boolean,
  signal: AbortSignal,
): Promise<void> => {
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
