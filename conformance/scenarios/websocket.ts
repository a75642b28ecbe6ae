import { message, reasoning, shell } from '../model/items.js';
import { say } from '../model/script.js';
import type { Scenario } from '../scenario.js';

export const webSocket: readonly Scenario[] = [
  {
    name: 'websocket',
    leaves: ['tool_call_runtime_ended'],
    // It names the response to a request that it does not trace.
    refused: { '0.128.0': 'always' },
    settings: () => ({ provider: { supports_websockets: true } }),
    async drive(codex) {
      const server = await codex.appServer();
      const thread = await server.startThread();
      await server.turn(thread, 'One?');
      await server.turn(thread, 'Two?');
      await server.close();
    },
    models: {
      *root() {
        yield say(reasoning('Only what is new is sent.'), shell('echo over the socket'));
        yield say(shell('echo again'), shell('exit 2'));
        yield say(message('One.'));
        yield say(message('Two.'));
      },
    },
  },
];
