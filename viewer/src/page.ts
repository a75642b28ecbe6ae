import type { RecordingSource } from './recording/sources.js';

/** What a page that was written to a file holds besides the viewer. */
const embedded = (id: string): string | undefined =>
  document.querySelector(`script#${id}`)?.textContent ?? undefined;

/** The worker of a page that was written to a file; undefined for a page of a server. */
export const embeddedWorker = (): Worker | undefined => {
  const code = embedded('worker');
  if (code === undefined) return undefined;
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return worker;
};

export const sourceOfPage = (): RecordingSource => {
  const base64 = embedded('recording');
  if (base64 !== undefined) return { type: 'embedded', base64 };
  const token = new URLSearchParams(location.search).get('token') ?? '';
  return { type: 'server', url: new URL('/recording', location.href).href, token };
};
