import { describe, expect, it } from 'vitest';
import { hasToken, isFromOwnPage, mayShowPage } from './access.js';

const access = { port: 4000, token: 'secret' };
const own = { host: '127.0.0.1:4000' };

describe('a request', () => {
  it.each([
    ['of the page', own],
    ['of the page by the name of the machine', { host: 'localhost:4000' }],
    [
      'that says where it comes from',
      { ...own, origin: 'http://127.0.0.1:4000', 'sec-fetch-site': 'same-origin' },
    ],
    ['typed by the user', { ...own, 'sec-fetch-site': 'none' }],
  ])('%s is answered', (_what, headers) => {
    expect(isFromOwnPage(headers, access)).toBe(true);
  });

  it.each([
    ['to a name that somebody pointed here', { host: 'evil.example:4000' }],
    ['to another port', { host: '127.0.0.1:4001' }],
    ['to nobody', {}],
    ['of another site', { ...own, origin: 'https://evil.example' }],
    ['of a page without an origin', { ...own, origin: 'null' }],
    ['of another server of this machine', { ...own, origin: 'http://127.0.0.1:5000' }],
    ['that another site made', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['that a neighbour made', { ...own, 'sec-fetch-site': 'same-site' }],
  ])('%s is refused', (_what, headers) => {
    expect(isFromOwnPage(headers, access)).toBe(false);
  });

  const followed = { ...own, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

  it('of somebody who follows a link may see the page, and nothing else', () => {
    const headers = { ...followed, 'sec-fetch-dest': 'document' };
    expect(mayShowPage(headers, access)).toBe(true);
    expect(isFromOwnPage(headers, access)).toBe(false);
  });

  it.each([
    ['a frame of another site', { ...followed, 'sec-fetch-dest': 'iframe' }],
    ['a script of another site', { ...followed, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
    ['a form of another site', { ...followed, 'sec-fetch-dest': 'document', origin: 'null' }],
    ['a name that is not ours', { ...followed, 'sec-fetch-dest': 'document', host: 'evil.example:4000' }],
  ])('by %s may not', (_what, headers) => {
    expect(mayShowPage(headers, access)).toBe(false);
  });

  it('reads the recording with the token alone', () => {
    const given = (token: string) => hasToken({ 'x-rollout-trace-token': token }, access);
    expect(given('secret')).toBe(true);
    expect(['', 'secre', 'secret ', 'Secret'].filter(given)).toEqual([]);
    expect(hasToken({}, access)).toBe(false);
  });
});
