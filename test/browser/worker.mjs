import { reduce } from './reduce.mjs';

addEventListener('message', async ({ data: bundle, ports: [reply] }) => {
  try {
    reply.postMessage({ state: await reduce(bundle), hasPage: 'document' in globalThis });
  } catch (error) {
    reply.postMessage({ failure: String(error) });
  }
});
