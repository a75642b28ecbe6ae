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
export const isFromOwnPage = (headers: IncomingHttpHeaders, access: Access): boolean => {
  if (!isToThisServer(headers, access)) return false;
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
};

/**
 * Whether a request may see the page itself, which has nothing of the recording: also one of somebody who follows
 * a link from elsewhere, as from the file that opens it. Such a page is on its own, in no frame of the other.
 */
export const mayShowPage = (headers: IncomingHttpHeaders, access: Access): boolean =>
  isFromOwnPage(headers, access) || (isToThisServer(headers, access) && isLinkFollowed(headers));

const isToThisServer = ({ host }: IncomingHttpHeaders, { port }: Access): boolean =>
  host === `127.0.0.1:${port}` || host === `localhost:${port}`;

const isLinkFollowed = ({ origin, ...headers }: IncomingHttpHeaders): boolean =>
  origin === undefined &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document';

/** Whether a request may read the recording. Takes the same time for every wrong token. */
export const hasToken = (headers: IncomingHttpHeaders, { token }: Access): boolean => {
  const given = headers[TOKEN_HEADER];
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(token));
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
