import type { TableName } from 'rollout-trace';
import { useState, type KeyboardEvent } from 'react';
import { words } from './format.js';
import { Choice } from './parts/choice.js';
import { Dialog } from './parts/dialog.js';
import { useAnswer, useProgress } from './use-answer.js';
import { useMoment } from './use-moment.js';
import { useNavigation } from './use-route.js';
import type { SearchHit } from '../views/search.js';

const kinds: readonly (readonly [label: string, tables: readonly TableName[] | null])[] = [
  ['everything', null],
  ['conversation', ['conversation_items']],
  ['tools', ['tool_calls', 'terminal_operations']],
  ['code cells', ['code_cells']],
  ['requests', ['inference_calls']],
  ['payloads', ['raw_payloads']],
];
const statuses = ['any status', 'running', 'completed', 'failed', 'cancelled', 'aborted'] as const;

/** Looks through all that was recorded, in all threads, whatever is shown. */
export const SearchDialog = ({ onClose }: { onClose(): void }) => {
  const { overview } = useMoment();
  const { events } = useProgress();
  const { go } = useNavigation();
  const [text, setText] = useState('');
  const [kind, setKind] = useState(0);
  const [status, setStatus] = useState<(typeof statuses)[number]>('any status');
  const [thread, setThread] = useState<string | null>(null);
  const [marked, setMarked] = useState(0);
  const hits = useAnswer('search', {
    at: events,
    text,
    thread,
    tables: kinds[kind]?.[1] ?? null,
    status: status === 'any status' ? null : status,
  });
  const open = ({ ref, thread: owner }: SearchHit): void => {
    go({ selected: ref, event: null, ...(owner === null ? {} : { thread: owner }) });
    onClose();
  };
  const pressed = (event: KeyboardEvent): void => {
    const count = hits?.length ?? 0;
    if (event.key === 'ArrowDown') setMarked(Math.min(count - 1, marked + 1));
    else if (event.key === 'ArrowUp') setMarked(Math.max(0, marked - 1));
    else if (event.key === 'Enter' && hits?.[marked]) open(hits[marked]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Search everything" onClose={onClose}>
      <div className="search" onKeyDown={pressed}>
        <input
          type="search"
          placeholder="text, command, id …"
          aria-label="search"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setMarked(0);
          }}
        />
        <div className="filters">
          <select aria-label="kind" value={kind} onChange={({ target }) => setKind(Number(target.value))}>
            {kinds.map(([label], index) => (
              <option key={label} value={index}>
                {label}
              </option>
            ))}
          </select>
          <select
            aria-label="status"
            value={status}
            onChange={({ target }) =>
              setStatus(statuses.find((each) => each === target.value) ?? 'any status')
            }
          >
            {statuses.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
          <Choice
            label="agent"
            all="all agents"
            value={thread}
            options={overview.threads.map(({ id, path }) => [id, path])}
            onChange={setThread}
          />
          <span className="muted">
            {hits && (text !== '' || hits.length > 0) ? `${hits.length} found` : ''}
          </span>
        </div>
        <ol className="hits">
          {hits?.map((hit, index) => (
            <li key={`${hit.ref.table} ${hit.ref.id}`}>
              <button
                data-marked={index === marked}
                onClick={() => open(hit)}
                ref={(element) => {
                  if (index === marked) element?.scrollIntoView({ block: 'nearest' });
                }}
              >
                <span className="hit-title">
                  <bdi>{hit.title}</bdi>{' '}
                  <small>
                    {words(hit.ref.table)} · {hit.ref.id}
                  </small>
                </span>
                <span className="hit-text">
                  {hit.snippet.slice(0, hit.from)}
                  <mark>{hit.snippet.slice(hit.from, hit.to)}</mark>
                  {hit.snippet.slice(hit.to)}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
};
