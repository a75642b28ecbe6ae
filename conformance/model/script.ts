import { message, verbatim, type ItemDraft } from './items.js';
import type { ModelRequest } from './request.js';

/** How a model answers one request. */
export type Answer =
  | {
      readonly type: 'items';
      readonly items: readonly ItemDraft[];
      /** What follows the last item: a regular end, a cut connection, or nothing until the asker goes. */
      readonly end: 'completed' | 'cut' | 'open';
      /** Milliseconds between the last item and the end. */
      readonly endAfter: number;
      /** Tokens that the request is said to have taken. */
      readonly inputTokens: number;
    }
  | { readonly type: 'failure'; readonly status: number; readonly code: string };

/** What the model of an agent answers, one request after the other. It is called with the first. */
export type Script = (request: ModelRequest) => Generator<Answer, void, ModelRequest>;

/** The models of a session. */
export interface ModelScripts {
  readonly root: Script;
  /** The model of each agent that another one spawned. */
  readonly child?: Script;
  /** What answers requests of remote compaction; always with a summary where it is not given. */
  readonly compaction?: Script;
}

interface Variation {
  readonly end?: 'completed' | 'cut' | 'open';
  readonly endAfter?: number;
  readonly inputTokens?: number;
}

const USUAL = { end: 'completed', endAfter: 0, inputTokens: 120 } as const;

export const answer = (items: readonly ItemDraft[], variation: Variation = {}): Answer => ({
  type: 'items',
  items,
  ...USUAL,
  ...variation,
});

export const say = (...items: readonly ItemDraft[]): Answer => answer(items);

export const failure = (status: number, code = 'server_error'): Answer => ({ type: 'failure', status, code });

/** The summary of a remote compaction. */
export const compacted = (): Answer =>
  say(verbatim({ type: 'compaction', encrypted_content: 'the summary' }));

const alwaysCompacted: Script = function* () {
  while (true) yield compacted();
};

/** Finds the answer to each request of a session. */
export const answerer = ({ root, child = root, compaction = alwaysCompacted }: ModelScripts) => {
  const running = new Map<string, ReturnType<Script>>();
  return (request: ModelRequest): Answer => {
    const [role, script] = request.asksForCompaction
      ? ['compaction', compaction]
      : request.isChild
        ? ['child', child]
        : ['root', root];
    const key = `${role} ${request.thread}`;
    const known = running.get(key);
    const conversation = known ?? script(request);
    running.set(key, conversation);
    // The first request went to the script itself: a generator ignores what its first `next` is given.
    const { value } = known ? conversation.next(request) : conversation.next();
    return value ?? say(message('There is nothing left to do.'));
  };
};
