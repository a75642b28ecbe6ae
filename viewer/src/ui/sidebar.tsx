import { compactCount, counted } from './format.js';
import { useMoment } from './use-moment.js';
import { useNavigation } from './use-route.js';
import type { ThreadRow } from '../views/overview.js';

/** All agents as a tree. */
export const Sidebar = () => {
  const { overview } = useMoment();
  return (
    <aside className="side" aria-label="agents">
      <h2>Agents</h2>
      <ul className="tree">
        {overview.threads.map((thread) => (
          <Agent key={thread.id} thread={thread} />
        ))}
      </ul>
      <h2>Session</h2>
      <dl className="counts">
        {Object.entries(overview.counts).map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
};

const Agent = ({ thread }: { readonly thread: ThreadRow }) => {
  const { route, go } = useNavigation();
  const { tokens } = thread;
  const name = thread.depth === 0 ? thread.path : (thread.path.split('/').at(-1) ?? thread.path);
  const open = (): void =>
    go({ thread: thread.id, selected: { table: 'threads', id: thread.id }, event: null });
  return (
    <li ref={(element) => element?.style.setProperty('--depth', String(thread.depth))}>
      <button
        className="agent"
        aria-current={route.thread === thread.id || undefined}
        title={thread.path}
        onClick={open}
        onDoubleClick={() => go({ view: 'conversation' })}
      >
        <span className="dot" data-status={thread.status} />
        <span className="agent-name">
          {name}
          {thread.nickname !== null && <em> {thread.nickname}</em>}
        </span>
        {thread.failures > 0 && <span className="agent-failures">{thread.failures}</span>}
        <span className="agent-figures">
          {counted(thread.tools, 'tool')} · in {compactCount(tokens.input)} · out{' '}
          {compactCount(tokens.output)}
        </span>
      </button>
    </li>
  );
};
