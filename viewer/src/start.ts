import { embeddedWorker, sourceOfPage } from './page.js';
import type { ToWorker } from './views/protocol.js';

/** Reads the recording, while the page is still made ready. */
export const worker = embeddedWorker() ?? new Worker(new URL('/worker.js', location.href));
const open: ToWorker = { type: 'open', source: sourceOfPage() };
worker.postMessage(open);
