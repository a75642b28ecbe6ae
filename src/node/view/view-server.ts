import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { hasToken, isFromOwnPage, mayShowPage, type Access } from './access.js';
import { recordingFrames } from './recording-frames.js';
import type { ViewerSite } from './viewer-site.js';

export interface ViewServerOptions {
  readonly site: ViewerSite;
  /** 0 takes any that is free. */
  readonly port?: number;
  /** Called when somebody who has the token begins to read the recording. */
  readonly onRead?: () => void;
  /** Called with what ended a stream before its reader did. */
  readonly onError?: (error: unknown) => void;
}

export interface ViewServer {
  /** Opens the page; whoever knows it can read the recording. */
  readonly url: string;
  close(): void;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Shows one bundle to a browser of this machine, for as long as it runs. Rejects where it cannot listen. */
export const viewServer = async (
  directory: string,
  { site, port = 0, onRead, onError }: ViewServerOptions,
): Promise<ViewServer> => {
  const closing = new AbortController();
  const token = randomBytes(32).toString('base64url');
  let access: Access = { port, token };

  const files: ReadonlyMap<string, readonly [type: string, content: string]> = new Map([
    ['/', ['text/html; charset=utf-8', site.html]],
    ['/viewer.js', ['text/javascript; charset=utf-8', site.script]],
    ['/worker.js', ['text/javascript; charset=utf-8', site.worker]],
    ['/viewer.css', ['text/css; charset=utf-8', site.style]],
  ]);

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    // As it was sent: nothing is decoded, so no spelling of a path leads anywhere else.
    const [pathname = ''] = (request.url ?? '').split('?', 1);
    const isAllowed = pathname === '/' ? mayShowPage : isFromOwnPage;
    if (!isAllowed(request.headers, access)) return refuse(response, 403, 'Not from a page of this server.');
    if (request.method !== 'GET') return refuse(response, 405, 'There is nothing to change here.');
    if (pathname === '/recording') {
      if (!hasToken(request.headers, access)) return refuse(response, 401, 'The token is missing or wrong.');
      onRead?.();
      void sendRecording(directory, response, closing.signal).catch((error: unknown) => {
        response.destroy();
        if (!closing.signal.aborted) onError?.(error);
      });
      return;
    }
    const file = files.get(pathname);
    if (!file) return refuse(response, 404, 'There is no such file.');
    response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
  };

  const server = createServer(answer);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  access = { port: address.port, token };
  return {
    url: `http://127.0.0.1:${address.port}/?token=${token}`,
    close() {
      closing.abort();
      server.close();
      server.closeAllConnections();
    },
  };
};

const refuse = (response: ServerResponse, status: number, reason: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`);
};

/** As fast as the page takes it, until the page goes away. */
const sendRecording = async (
  directory: string,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([closing, gone.signal]);
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  response.flushHeaders();
  try {
    for await (const piece of recordingFrames(directory, { signal })) {
      if (!response.write(piece)) await once(response, 'drain', { signal });
    }
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
};
