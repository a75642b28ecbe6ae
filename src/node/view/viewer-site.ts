import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The viewer as it was built: a page, its script, its style, and the worker that reduces. */
export interface ViewerSite {
  readonly html: string;
  readonly script: string;
  readonly style: string;
  readonly worker: string;
  /** Of the packages that are in the scripts. */
  readonly licenses: string;
}

/** Reads the built viewer of a folder. Throws an error of the system where it was not built. */
export const readViewerSite = (folder: string): ViewerSite => {
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  return {
    html: read('index.html'),
    script: read('viewer.js'),
    style: read('viewer.css'),
    worker: read('worker.js'),
    licenses: [read('viewer-LICENSES.md'), read('worker-LICENSES.md')].join('\n'),
  };
};
