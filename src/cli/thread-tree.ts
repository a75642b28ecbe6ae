import type { ThreadId } from '../model/ids.js';
import type { AgentThread } from '../model/session.js';

/** What a tree draws: a thread, in whatever else is known of it. */
export interface TreeThread {
  readonly row: AgentThread;
}

export interface TreeLine<Thread extends TreeThread> {
  readonly thread: Thread;
  /** Lines that lead to the thread from its parent, and its name below that. */
  readonly prefix: string;
  readonly name: string;
}

/**
 * Threads as a tree, in the order in which they started. A parent that is not among them is passed over;
 * `rowOf` knows it all the same.
 */
export const drawTree = <Thread extends TreeThread>(
  threads: readonly Thread[],
  rowOf: (id: ThreadId) => AgentThread | undefined,
): readonly TreeLine<Thread>[] => {
  const shown = new Set(threads.map(({ row }) => row.thread_id));
  const children = new Map<ThreadId | undefined, Thread[]>();
  for (const thread of threads.toSorted(byStart)) {
    const parent = shownAncestor(thread.row, shown, rowOf);
    children.set(parent, [...(children.get(parent) ?? []), thread]);
  }
  return branches(children, undefined, '');
};

export const byStart = (a: TreeThread, b: TreeThread): number => {
  const [first, second] = [a.row.execution.started_seq, b.row.execution.started_seq];
  return first < second ? -1 : first > second ? 1 : 0;
};

const parentOf = (row: AgentThread | undefined): ThreadId | undefined =>
  row?.origin.type === 'spawned' ? row.origin.parent_thread_id : undefined;

/** The nearest ancestor that is shown; none for a thread whose ancestors go round in a circle. */
const shownAncestor = (
  row: AgentThread,
  shown: ReadonlySet<ThreadId>,
  rowOf: (id: ThreadId) => AgentThread | undefined,
): ThreadId | undefined => {
  const passed = new Set([row.thread_id]);
  let nearest: ThreadId | undefined;
  for (let id = parentOf(row); id !== undefined; id = parentOf(rowOf(id))) {
    if (passed.has(id)) return undefined;
    passed.add(id);
    if (shown.has(id)) nearest ??= id;
  }
  return nearest;
};

const branches = <Thread extends TreeThread>(
  children: ReadonlyMap<ThreadId | undefined, readonly Thread[]>,
  parent: Thread | undefined,
  indent: string,
): readonly TreeLine<Thread>[] => {
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
