import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Progress, Queries, QueryName } from '../views/protocol.js';
import type { Client } from './client.js';

export const ClientContext = createContext<Client | null>(null);

export const useClient = (): Client => {
  const client = useContext(ClientContext);
  if (!client) throw new Error('there is no worker to ask');
  return client;
};

export const useProgress = (): Progress => {
  const client = useClient();
  return useSyncExternalStore(client.subscribe, client.progress);
};

/**
 * The answer of the worker to the newest question that it could answer; undefined before the first. A question
 * that is asked while another one waits for its answer replaces the ones between: dragging asks no queue.
 */
export const useAnswer = <Name extends QueryName>(
  name: Name,
  asked: Queries[Name]['asked'] | null,
): Queries[Name]['answer'] | undefined => {
  const client = useClient();
  const { generation } = useProgress();
  const [answer, setAnswer] = useState<Queries[Name]['answer']>();
  const state = useRef<{ busy: boolean; wanted: Queries[Name]['asked'] | null; mounted: boolean }>({
    busy: false,
    wanted: null,
    mounted: false,
  });
  const question = JSON.stringify([generation, name, asked]);
  const latest = useRef(asked);
  useEffect(() => {
    latest.current = asked;
  });

  useEffect(() => {
    const { current } = state;
    current.mounted = true;
    return () => {
      current.mounted = false;
    };
  }, []);

  useEffect(() => {
    const { current } = state;
    current.wanted = latest.current;
    const ask = (): void => {
      const { wanted } = current;
      if (current.busy || wanted === null) return;
      current.busy = true;
      current.wanted = null;
      client
        .ask(name, wanted)
        .then((next) => {
          if (current.mounted) setAnswer(() => next);
        })
        .catch(() => {})
        .finally(() => {
          current.busy = false;
          if (current.mounted) ask();
        });
    };
    ask();
    // The question in words tells when it is another one.
  }, [client, name, question]);
  return asked === null ? undefined : answer;
};
