import type { ThreadId } from '../../model/ids.js';
import type { AgentThread } from '../../model/session.js';
import { isEnded } from '../../answers/calls.js';
import { byStart, drawTree, type TreeLine } from '../thread-tree.js';
import type { SessionView, ThreadView } from './session-view.js';

/** A thread of the view that the trace has a row for. */
export interface KnownThread extends ThreadView {
  readonly row: AgentThread;
}

export interface ThreadTree {
  readonly lines: readonly TreeLine<KnownThread>[];
  readonly leftOut: readonly KnownThread[];
}

/** At most `limit` threads, the active ones before all others, as a tree in the order in which they started. */
export const threadTree = (view: SessionView, limit: number): ThreadTree => {
  const known = [...view.threads.values()].filter(isKnown);
  const ranked = known.toSorted((a, b) => rankOf(a) - rankOf(b) || byStart(b, a));
  const chosen = ranked.slice(0, limit);
  const rowOf = (id: ThreadId): AgentThread | undefined => view.threads.get(id)?.row;
  return { lines: drawTree(chosen, rowOf), leftOut: ranked.slice(limit) };
};

const isKnown = (thread: ThreadView): thread is KnownThread => thread.row !== undefined;

/** 0: at work. 1: waits for something to do. 2: ended. */
export const rankOf = ({ row, open, openTurns }: KnownThread): number => {
  if (isEnded(row.execution)) return 2;
  return open.size + openTurns.size > 0 ? 0 : 1;
};
