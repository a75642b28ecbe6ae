import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { wireItem, type WireItem } from './items.js';
import { readRequest, requestBody, type ModelRequest } from './request.js';
import {
  itemEvents,
  responseCompleted,
  responseCreated,
  serverSentEvent,
  type ResponseEvent,
} from './response.js';
import { answerer, type Answer, type ModelScripts } from './script.js';

/** A model behind a port of the loopback interface. */
export interface ModelServer {
  readonly port: number;
  /** Requests so far, of all agents. */
  requests(): number;
  /** Throws what went wrong in here, such as a request that could not be read. */
  throwFailure(): void;
  close(): void;
}

type ItemsAnswer = Extract<Answer, { readonly type: 'items' }>;

/** Serves the Responses API, as server-sent events and over WebSockets, from scripts. */
export const startModel = async (scripts: ModelScripts): Promise<ModelServer> => {
  const answerOf = answerer(scripts);
  let count = 0;
  let failed: { readonly error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failed ??= { error };
  };
  const next = (): number => {
    count += 1;
    return count;
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (request.method !== 'POST' || !path.includes('/responses')) {
      response.writeHead(404).end();
      return;
    }
    const asked = readRequest(requestBody.parse(await json(request)), request.headers);
    const number = next();
    const isCompaction = path.endsWith('/compact');
    const given = answerOf(isCompaction ? { ...asked, asksForCompaction: true } : asked);
    const headers = { 'x-request-id': `request_${number}` };
    if (given.type === 'failure') {
      const error = { message: 'the script says so', type: 'server_error', code: given.code };
      response.writeHead(given.status, { ...headers, ...JSON_TYPE }).end(JSON.stringify({ error }));
    } else if (isCompaction) {
      const output = [...asked.input.filter(isUserMessage), ...wireItems(given, asked, number)];
      response
        .writeHead(200, { ...headers, ...JSON_TYPE })
        .end(JSON.stringify({ id: `response_${number}`, output }));
    } else {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
      const events = responseEvents(given, asked, number);
      for await (const event of events) response.write(serverSentEvent(event));
      if (given.end === 'completed') response.end();
      else if (given.end === 'cut') response.destroy();
    }
  };

  const converse = async (socket: WebSocket, upgrade: IncomingMessage, data: RawData): Promise<void> => {
    const body = requestBody.parse(JSON.parse(data.toString()));
    const number = next();
    const asked = readRequest(body, upgrade.headers);
    const isWarmUp = body.generate === false;
    const given = isWarmUp ? WARM : answerOf(asked);
    if (given.type === 'failure') {
      socket.close();
      return;
    }
    for await (const event of responseEvents(given, asked, number)) socket.send(JSON.stringify(event));
    if (given.end === 'cut') socket.terminate();
  };

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      fail(error);
      response.destroy();
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, upgrade) => {
    socket.on('message', (data) => {
      converse(socket, upgrade, data).catch((error: unknown) => {
        fail(error);
        socket.terminate();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the model has no port');
  return {
    port: address.port,
    requests: () => count,
    throwFailure: () => {
      if (failed) throw failed.error;
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
};

const JSON_TYPE = { 'content-type': 'application/json' };

const WARM: ItemsAnswer = { type: 'items', items: [], end: 'completed', endAfter: 0, inputTokens: 0 };

const isUserMessage = (item: Readonly<Record<string, unknown>>): boolean =>
  item['type'] === 'message' && item['role'] === 'user';

const wireItems = ({ items }: ItemsAnswer, request: ModelRequest, number: number): readonly WireItem[] =>
  items.map((draft, index) => wireItem(draft, request, `${number}_${index}`));

async function* responseEvents(
  given: ItemsAnswer,
  request: ModelRequest,
  number: number,
): AsyncGenerator<ResponseEvent> {
  const id = `response_${number}`;
  yield responseCreated(id);
  for (const [index, item] of wireItems(given, request, number).entries()) yield* itemEvents(item, index);
  await after(given.endAfter);
  if (given.end === 'completed') yield responseCompleted(id, given.inputTokens);
}
