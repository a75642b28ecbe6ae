import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Where the page sends the token: no form and no link of another site can. */
export const TOKEN_HEADER = 'x-rollout-trace-token';

/** Whom a server on this machine answers. */
export interface Access {
  readonly port: number;
  readonly token: string;
}

/**
 * Whether a request comes from a page of this server. Another site may point its own name at this machine: then
 * the host is a wrong one. Or it sends its visitor's browser here: then the origin is.
 */
export const isFromOwnPage = (headers: IncomingHttpHeaders, { port }: Access): boolean => {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return false;
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
};

/** Whether a request may read the recording. Takes the same time for every wrong token. */
export const hasToken = (headers: IncomingHttpHeaders, { token }: Access): boolean => {
  const given = headers[TOKEN_HEADER];
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(token));
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
