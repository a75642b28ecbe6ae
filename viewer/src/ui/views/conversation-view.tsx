import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import type { ConversationRow } from '../../views/conversation.js';
import { densities, type Density } from '../filters.js';
import { clock, counted } from '../format.js';
import { Choice } from '../parts/choice.js';
import { ItemParts } from '../parts/item-body.js';
import { ObjectLink } from '../parts/object-link.js';
import { ShownAgent } from '../parts/shown-agent.js';
import { useAnswer } from '../use-answer.js';
import { useFilters } from '../use-filters.js';
import { stepOf } from '../use-keys.js';
import { useFocus } from '../use-focus.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';

const guesses: Readonly<Record<Density, number>> = { lines: 30, beginnings: 96, 'in full': 240 };
const NONE: readonly ConversationRow[] = [];

/** What was seen in a thread, in the order of its transcript, with who made each item. */
export const ConversationView = () => {
  const { at, overview } = useMoment();
  const { route, select } = useNavigation();
  const thread = route.thread ?? overview.root;
  const rows = useAnswer('conversation', { at, thread }) ?? NONE;
  const { filters, change } = useFilters();
  const { kind, density } = filters.conversation;
  const showIn = (next: Density): void => change({ conversation: { kind, density: next } });
  const list = useRef<HTMLDivElement>(null);
  useFocus(list);
  const shown = useMemo(
    () => (kind === null ? rows : rows.filter((row) => kindOf(row) === kind)),
    [rows, kind],
  );
  const kinds = useMemo(() => [...new Set(rows.map(kindOf))], [rows]);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => guesses[density],
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 6,
  });
  useEffect(() => virtual.measure(), [virtual, density]);
  const index = shown.findIndex(({ id }) => id === route.selected?.id);
  useEffect(() => {
    if (index !== -1) virtual.scrollToIndex(index, { align: 'auto' });
  }, [virtual, index]);
  const pressed = (event: KeyboardEvent): void => {
    const by = stepOf(event);
    if (event.key === 'v') showIn(densities[(densities.indexOf(density) + 1) % densities.length] ?? 'lines');
    if (by === 0) return;
    // The list scrolls to what is selected, not by the key.
    event.preventDefault();
    const row = shown[Math.max(0, index + by)];
    if (row) select({ table: 'conversation_items', id: row.id });
  };
  return (
    <div className="conversation" onKeyDown={pressed}>
      <div className="tools">
        <ShownAgent thread={thread} />
        <Choice
          label="kind"
          all="all kinds"
          value={kind}
          options={kinds.map((each) => [each, each])}
          onChange={(next) => change({ conversation: { kind: next, density } })}
        />
        <span className="muted">{counted(shown.length, 'item')}</span>
        <span className="spring" />
        <span className="segments" role="group" aria-label="density">
          {densities.map((each) => (
            <button key={each} aria-pressed={density === each} onClick={() => showIn(each)}>
              {each}
            </button>
          ))}
        </span>
      </div>
      <div className="list" ref={list} tabIndex={0} aria-label="conversation">
        <div
          className="list-whole"
          ref={(element) => element?.style.setProperty('height', `${virtual.getTotalSize()}px`)}
        >
          {virtual.getVirtualItems().map((place) => {
            const row = shown[place.index];
            return (
              row && (
                <div
                  key={place.key}
                  className="list-row"
                  data-index={place.index}
                  ref={(element) => {
                    element?.style.setProperty('transform', `translateY(${place.start}px)`);
                    virtual.measureElement(element);
                  }}
                >
                  {row.compaction ? <Marker row={row} /> : <Item row={row} density={density} />}
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
};

/** The title without its channel: `assistant (analysis)` is of the kind `assistant`. */
const kindOf = ({ title }: ConversationRow): string => title.split(' (')[0] ?? title;

const Marker = ({ row }: { readonly row: ConversationRow }) =>
  row.compaction && (
    <div className="compaction-line">
      <ObjectLink to={{ table: 'compactions', id: row.compaction.id }}>
        compaction: {row.compaction.before} items became {row.compaction.after}
      </ObjectLink>
    </div>
  );

const Item = ({ row, density }: { readonly row: ConversationRow; readonly density: Density }) => {
  const { route, select } = useNavigation();
  const isSelected = route.selected?.id === row.id;
  return (
    <article
      className="message"
      data-kind={row.kind}
      data-role={row.role}
      data-density={density}
      data-live={row.isLive}
      aria-current={isSelected || undefined}
      onClick={() => {
        if (getSelection()?.isCollapsed) select({ table: 'conversation_items', id: row.id });
      }}
    >
      <header>
        <span className="message-title">{row.title}</span>
        {row.route && (
          <span className="route">
            <bdi>{row.route.author}</bdi> → <bdi>{row.route.recipient}</bdi>
          </span>
        )}
        {density === 'lines' && <span className="message-line">{row.preview.slice(0, 300)}</span>}
        <span className="spring" />
        {row.producers.map(({ ref, label }) => (
          <ObjectLink key={ref.id} to={ref}>
            {label}
          </ObjectLink>
        ))}
        <time>{clock(row.time)}</time>
      </header>
      {density === 'beginnings' && (
        <div className="message-preview">
          {row.preview}
          {row.length > row.preview.length && '…'}
        </div>
      )}
      {density === 'in full' && <FullBody id={row.id} />}
    </article>
  );
};

const FullBody = ({ id }: { readonly id: string }) => {
  const { at } = useMoment();
  const [body] = useAnswer('items', { at, ids: [id] }) ?? [];
  return body ? <ItemParts parts={body.parts} /> : null;
};
