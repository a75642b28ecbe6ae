import { reduce } from './reduce.mjs';

const worker = new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' });

globalThis.reduceInPage = async (bundle) => ({
  state: await reduce(bundle),
  hasPage: 'document' in globalThis,
});

globalThis.reduceInWorker = (bundle) =>
  new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    port1.addEventListener('message', ({ data }) => resolve(data));
    port1.start();
    worker.postMessage(bundle, [port2]);
  });
