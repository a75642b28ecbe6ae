import type { ThreadId } from '../../model/ids.js';
import type { AgentThread } from '../../model/session.js';
import { isEnded } from './calls.js';
import type { SessionView, ThreadView } from './session-view.js';

/** A thread of the view that the trace has a row for. */
export interface KnownThread extends ThreadView {
  readonly row: AgentThread;
}

export interface TreeLine {
  readonly thread: KnownThread;
  /** Lines that lead to the thread from its parent, and its name below that. */
  readonly prefix: string;
  readonly name: string;
}

export interface ThreadTree {
  readonly lines: readonly TreeLine[];
  readonly leftOut: readonly KnownThread[];
}

/** At most `limit` threads, the active ones before all others, as a tree in the order in which they started. */
export const threadTree = (view: SessionView, limit: number): ThreadTree => {
  const known = [...view.threads.values()].filter(isKnown);
  const ranked = known.toSorted((a, b) => rankOf(a) - rankOf(b) || byStart(b, a));
  const chosen = ranked.slice(0, limit).toSorted(byStart);
  const shown = new Set(chosen.map(({ row }) => row.thread_id));
  const children = new Map<ThreadId | undefined, KnownThread[]>();
  for (const thread of chosen) {
    const parent = shownAncestor(view, thread, shown);
    children.set(parent, [...(children.get(parent) ?? []), thread]);
  }
  return { lines: branches(children, undefined, ''), leftOut: ranked.slice(limit) };
};

const isKnown = (thread: ThreadView): thread is KnownThread => thread.row !== undefined;

/** 0: at work. 1: waits for something to do. 2: ended. */
export const rankOf = ({ row, open, openTurns }: KnownThread): number => {
  if (isEnded(row.execution)) return 2;
  return open.size + openTurns.size > 0 ? 0 : 1;
};

const byStart = (a: KnownThread, b: KnownThread): number => {
  const [first, second] = [a.row.execution.started_seq, b.row.execution.started_seq];
  return first < second ? -1 : first > second ? 1 : 0;
};

const parentOf = (row: AgentThread | undefined): ThreadId | undefined =>
  row?.origin.type === 'spawned' ? row.origin.parent_thread_id : undefined;

/** The nearest ancestor that is shown; none for a thread whose ancestors go round in a circle. */
const shownAncestor = (
  { threads }: SessionView,
  { row }: KnownThread,
  shown: ReadonlySet<ThreadId>,
): ThreadId | undefined => {
  const passed = new Set([row.thread_id]);
  let nearest: ThreadId | undefined;
  for (let id = parentOf(row); id !== undefined; id = parentOf(threads.get(id)?.row)) {
    if (passed.has(id)) return undefined;
    passed.add(id);
    if (shown.has(id)) nearest ??= id;
  }
  return nearest;
};

const branches = (
  children: ReadonlyMap<ThreadId | undefined, readonly KnownThread[]>,
  parent: KnownThread | undefined,
  indent: string,
): readonly TreeLine[] => {
  const own = children.get(parent?.row.thread_id) ?? [];
  return own.flatMap((thread, index) => {
    const isLast = index === own.length - 1;
    const [prefix, below] = parent ? (isLast ? ['└─ ', '   '] : ['├─ ', '│  ']) : ['', ''];
    return [
      { thread, prefix: indent + prefix, name: nameBelow(thread.row, parent?.row) },
      ...branches(children, thread, indent + below),
    ];
  });
};

/** The path of an agent, without that of the one above it. */
const nameBelow = ({ agent_path, thread_id, nickname }: AgentThread, above: AgentThread | undefined) => {
  const start = above ? `${above.agent_path}/` : '';
  const path = agent_path.startsWith(start) ? agent_path.slice(start.length) : agent_path;
  const name = path === '' ? thread_id : path;
  return nickname === null ? name : `${name} (${nickname})`;
};
