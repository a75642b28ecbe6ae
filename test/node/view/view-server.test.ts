import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewServer, type ViewServer } from '../../../src/node/view/view-server.js';

const site = { html: '<p>page</p>', script: 'script', style: 'style', worker: 'worker', licenses: '' };

describe('the server of the viewer', () => {
  let server: ViewServer;
  beforeAll(async () => {
    server = await viewServer('examples/bundle', { site });
  });
  afterAll(() => server.close());

  const ask = async (
    path: string,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      request({ hostname, port, path, headers, method }, resolve).on('error', reject).end();
    });
  const token = (): string => new URL(server.url).searchParams.get('token') ?? '';

  it('listens to this machine alone, and names a token of 256 bits', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  });

  it('gives the page, and lets it load from here alone', async () => {
    const response = await ask('/?token=x');
    expect(await text(response)).toBe(site.html);
    expect(response.headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; /),
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(response.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('tells the recording to whoever has the token', async () => {
    const response = await ask('/recording', { 'x-rollout-trace-token': token() });
    expect(response.statusCode).toBe(200);
    const { value: first } = await response.iterator().next();
    expect(String(first)).toMatch(/^\{"type":"manifest","length":\d+\}\n\{/);
    response.destroy();
  });

  it.each([
    ['without a token', {}, 401],
    ['with another token', { 'x-rollout-trace-token': 'x' }, 401],
    ['by another name', { host: 'evil.example' }, 403],
    ['by a name that somebody pointed here', { host: '127.0.0.1.evil.example' }, 403],
    ['for a page without an origin', { origin: 'null' }, 403],
    ['for another page that the browser tells of', { 'sec-fetch-site': 'cross-site' }, 403],
    ['for another site', { origin: 'https://evil.example' }, 403],
  ])('tells nothing %s', async (_how, headers, status) => {
    const response = await ask('/recording', headers);
    expect(response.statusCode).toBe(status);
    expect(await text(response)).not.toContain('manifest');
  });

  it('takes the token from no address, which others may see', async () => {
    expect((await ask(`/recording?token=${token()}`)).statusCode).toBe(401);
  });

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/payloads/1.json',
    '/trace.jsonl',
    '/viewer.js/',
    '/recording/../trace.jsonl',
    '//etc/passwd',
    '//',
    '//[',
  ])('has no file %s', async (path) => {
    expect((await ask(path)).statusCode).toBe(404);
  });

  it('says the same rules with each answer, its refusals included', async () => {
    for (const path of ['/', '/worker.js', '/recording', '/nothing']) {
      expect((await ask(path)).headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
      });
    }
    expect((await ask('/', { host: 'evil.example' })).statusCode).toBe(403);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('does nothing for %s', async (method) => {
    expect((await ask('/recording', {}, method)).statusCode).toBe(405);
  });
});
