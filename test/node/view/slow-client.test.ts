import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateBundle } from '../../../bench/generate/generate.js';
import { viewServer, type ViewServer } from '../../../src/node/view/view-server.js';
import { collectGarbage } from '../../helpers/garbage.js';

const site = { html: '', script: '', style: '', worker: '', licenses: '' };
const MIB = 2 ** 20;

/** Bytes outside of the heap of JavaScript, where whatever is still to be sent waits. */
const buffered = (): number => {
  // The first finds what nobody holds, and gives its memory back in a thread of its own; the second waits for that.
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
};

describe('a client that reads nothing', () => {
  let folder: string;
  let server: ViewServer;
  const clients: Socket[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'viewer-slow-'));
    generateBundle({ out: folder, events: 600, mode: 'incremental', textLength: 100_000 });
    server = await viewServer(folder, { site });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const tokenHeader = () => ({
    'x-rollout-trace-token': new URL(server.url).searchParams.get('token') ?? '',
  });
  /** Asks for the recording, and takes nothing of it. */
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const { host, port } = new URL(server.url);
      const client = connect(Number(port), '127.0.0.1').on('error', reject).pause();
      clients.push(client);
      const header = `x-rollout-trace-token: ${tokenHeader()['x-rollout-trace-token']}`;
      client.write(`GET /recording HTTP/1.1\r\nhost: ${host}\r\n${header}\r\n\r\n`, () => resolve());
    });
  /** Reads until all that is there was told; gives how many bytes that were. */
  const readAll = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const take = (response: IncomingMessage): void => {
        let bytes = 0;
        let end = '';
        response.on('error', reject).on('data', (piece: Buffer) => {
          bytes += piece.length;
          end = `${end}${piece.subarray(-40).toString('latin1')}`.slice(-40);
          if (!end.includes('"caught_up"')) return;
          resolve(bytes);
          response.removeListener('error', reject).on('error', () => {});
          response.destroy();
        });
      };
      request({ hostname, port, path: '/recording', headers: tokenHeader() }, take).on('error', reject).end();
    });

  it('takes no memory for what it does not read, and keeps nobody else from reading', async () => {
    const whole = await readAll();
    expect(whole).toBeGreaterThan(20 * MIB);
    const before = buffered();
    for (let each = 0; each < 4; each += 1) await ask();
    await delay(500);
    expect(await readAll()).toBe(whole);
    expect(buffered() - before).toBeLessThan(whole / 4);
  });
});
