import type { FromWorker, Progress, Queries, QueryName, ToWorker } from '../views/protocol.js';

/** The worker as the page knows it: questions with answers, and progress. */
export interface Client {
  ask<Name extends QueryName>(name: Name, asked: Queries[Name]['asked']): Promise<Queries[Name]['answer']>;
  progress(): Progress;
  /** Calls when there is more progress; gives the way to end that. */
  subscribe(changed: () => void): () => void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export const newClient = (worker: Worker): Client => {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<() => void>();
  let progress: Progress = { events: 0, generation: 0, isCaughtUp: false, failure: null };
  let key = 0;

  const send = (message: ToWorker): void => worker.postMessage(message);
  const advance = (next: Progress): void => {
    progress = next;
    for (const changed of listeners) changed();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'progress') return advance(data.progress);
    const asker = waiting.get(data.key);
    waiting.delete(data.key);
    if (data.type === 'answer') asker?.resolve(data.answer);
    else asker?.reject(new Error(data.reason));
  });
  worker.addEventListener('error', ({ message }) => {
    advance({ ...progress, failure: message || 'the worker of the viewer could not be started' });
  });

  return {
    ask: <Name extends QueryName>(name: Name, asked: Queries[Name]['asked']) =>
      new Promise<Queries[Name]['answer']>((resolve, reject) => {
        key += 1;
        // Each answer is of the question with its key.
        waiting.set(key, { resolve: (answer) => resolve(answer as Queries[Name]['answer']), reject });
        send({ type: 'query', key, name, asked });
      }),
    progress: () => progress,
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
};
