import type { AnswerMessage, FromWorker, Progress, Queries, QueryName, ToWorker } from '../views/protocol.js';

/** The worker as the page knows it: questions with answers, and progress. */
export interface Client {
  ask<Name extends QueryName>(name: Name, asked: Queries[Name]['asked']): Promise<Queries[Name]['answer']>;
  progress(): Progress;
  /** Calls when there is more progress; gives the way to end that. */
  subscribe(changed: () => void): () => void;
}

interface Asker<Name extends QueryName> {
  resolve(answer: Queries[Name]['answer']): void;
  reject(error: Error): void;
}

/** Who waits for an answer, by the keys of the questions. */
type Waiting = { readonly [Name in QueryName]: Map<number, Asker<Name>> };

const nobodyWaits = (): Waiting => ({
  overview: new Map(),
  timeline: new Map(),
  agents: new Map(),
  usage: new Map(),
  conversation: new Map(),
  items: new Map(),
  detail: new Map(),
  story: new Map(),
  find: new Map(),
  events: new Map(),
  chosenEvents: new Map(),
  event: new Map(),
  payload: new Map(),
  search: new Map(),
  milestone: new Map(),
});

export const newClient = (worker: Worker): Client => {
  const waiting = nobodyWaits();
  const listeners = new Set<() => void>();
  let progress: Progress = { events: 0, generation: 0, isCaughtUp: false, failure: null };
  let key = 0;

  const send = (message: ToWorker): void => worker.postMessage(message);
  const advance = (next: Progress): void => {
    progress = next;
    for (const changed of listeners) changed();
  };
  const settle = <Name extends QueryName>({ name, key: asked, answer }: AnswerMessage<Name>): void =>
    waiting[name].get(asked)?.resolve(answer);
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'progress') return advance(data.progress);
    if (data.type === 'answer') settle(data);
    else waiting[data.name].get(data.key)?.reject(new Error(data.reason));
    waiting[data.name].delete(data.key);
  });
  worker.addEventListener('error', ({ message }) => {
    advance({ ...progress, failure: message || 'the worker of the viewer could not be started' });
  });

  return {
    ask: <Name extends QueryName>(name: Name, asked: Queries[Name]['asked']) =>
      new Promise<Queries[Name]['answer']>((resolve, reject) => {
        key += 1;
        waiting[name].set(key, { resolve, reject });
        send({ type: 'query', key, name, asked });
      }),
    progress: () => progress,
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
};
