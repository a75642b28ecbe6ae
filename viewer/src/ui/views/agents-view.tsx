import { graphlib, layout } from '@dagrejs/dagre';
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { AgentGraph, AgentLink } from '../../views/agents.js';
import type { ThreadRow } from '../../views/overview.js';
import { compactCount, words, counted } from '../format.js';
import { useAnswer } from '../use-answer.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';

const WIDTH = 196;
const HEIGHT = 66;
/** Of more links the lines cross the words; the mouse tells them. */
const MOST_LABELS = 16;
const NONE: AgentGraph = { links: [] };

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Agents and what went between them. */
export const AgentsView = () => {
  const { at, overview } = useMoment();
  const { route, go, select } = useNavigation();
  const graph = useAnswer('agents', { at }) ?? NONE;
  const placed = useMemo(() => place(overview.threads, graph), [overview.threads, graph]);
  const open = ({ edges: [id] }: AgentLink): void => {
    if (id !== undefined) select({ table: 'interaction_edges', id });
  };
  const show = (id: string): void => go({ thread: id, selected: { table: 'threads', id }, event: null });
  const frame = useRef<HTMLDivElement>(null);
  const root = placed.agents[0]?.y ?? 0;
  useEffect(() => {
    // The root stands in the middle of its children, which may be far down.
    if (frame.current) frame.current.scrollTop = root - frame.current.clientHeight / 2;
  }, [root]);
  if (overview.threads.length === 0) return <p className="empty">No agent has begun yet.</p>;
  return (
    <div className="agents" ref={frame}>
      <svg width={placed.width} height={placed.height} role="group" aria-label="graph of agents">
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {placed.links.map(({ link, points, label }) => (
          <g
            key={`${link.from} ${link.to}`}
            className="agent-link"
            tabIndex={0}
            role="button"
            data-selected={link.edges.includes(route.selected?.id ?? '')}
            aria-label={kindsOf(link)}
            onClick={() => open(link)}
            onKeyDown={pressing(() => open(link))}
          >
            <path d={pathOf(points)} markerEnd="url(#arrow)" />
            <title>{kindsOf(link)}</title>
            {placed.links.length <= MOST_LABELS && (
              <text x={label.x} y={label.y} textAnchor="end">
                {kindsOf(link)}
              </text>
            )}
          </g>
        ))}
        {placed.agents.map(({ thread, x, y }) => (
          <g
            key={thread.id}
            className="agent-box"
            data-status={thread.status}
            data-selected={route.selected?.id === thread.id}
            transform={`translate(${x - WIDTH / 2} ${y - HEIGHT / 2})`}
            tabIndex={0}
            role="button"
            aria-current={route.selected?.id === thread.id || undefined}
            onClick={() => show(thread.id)}
            onKeyDown={pressing(() => show(thread.id))}
            onDoubleClick={() => go({ view: 'conversation', thread: thread.id })}
          >
            <rect width={WIDTH} height={HEIGHT} rx={7} />
            <circle cx={15} cy={19} r={4} />
            <Line className="agent-box-name" x={26} y={8} width={thread.failures > 0 ? 106 : 162}>
              {thread.depth === 0 ? thread.path : thread.path.split('/').at(-1)}
            </Line>
            {thread.failures > 0 && (
              <text className="agent-box-failed" x={WIDTH - 12} y={23} textAnchor="end">
                {thread.failures} failed
              </text>
            )}
            <Line className="agent-box-line" x={12} y={29} width={WIDTH - 20}>
              {[thread.nickname, thread.model].filter(Boolean).join(' · ')}
            </Line>
            <text className="agent-box-line" x={12} y={56}>
              {counted(thread.tools, 'tool')} · in {compactCount(thread.tokens.input)} · out{' '}
              {compactCount(thread.tokens.output)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
};

/** Does what a button does by keys. */
const pressing =
  (press: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    press();
  };

const kindsOf = ({ kinds }: AgentLink): string =>
  kinds.map(([kind, count]) => `${words(kind)}${count > 1 ? ` ×${count}` : ''}`).join(', ');

interface LineProps {
  readonly className: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly children: ReactNode;
}

/** Words of the recording, however long, in one line: only HTML cuts them where they end. */
const Line = ({ className, children, ...place }: LineProps) => (
  <foreignObject {...place} height={20}>
    <div className={`agent-box-text ${className}`}>{children}</div>
  </foreignObject>
);

const place = (threads: readonly ThreadRow[], { links }: AgentGraph) => {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 190, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  // Nodes are named by numbers: the layout keeps them as keys of objects, where an id may be `constructor`.
  const nodes = new Map(threads.map(({ id }, index) => [id, String(index)]));
  const nodeOf = (id: string | null): string => nodes.get(id ?? '') ?? '';
  for (const { id } of threads.toReversed()) graph.setNode(nodeOf(id), { width: WIDTH, height: HEIGHT });
  const shown = links.filter(({ from, to }) => nodes.has(from) && nodes.has(to) && from !== to);
  // The layout puts the last one on top.
  for (const { id, parent } of threads.toReversed())
    if (nodes.has(parent ?? '')) graph.setEdge(nodeOf(parent), nodeOf(id));
  layout(graph);
  const at = (id: string): Point => {
    const { x = 0, y = 0 } = graph.node(nodeOf(id));
    return { x, y };
  };
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.max(width, 300),
    height: Math.max(height, 200),
    agents: threads.map((thread) => ({ thread, ...at(thread.id) })),
    links: shown.map((link) => {
      const [from, to] = [at(link.from), at(link.to)];
      const isOut = from.x <= to.x;
      // Two ways between the same agents stand one above the other.
      const shift = isOut ? -11 : 11;
      const points = [
        { x: from.x + (isOut ? WIDTH : -WIDTH) / 2, y: from.y + shift },
        { x: to.x + (isOut ? -WIDTH : WIDTH) / 2, y: to.y + shift },
      ] as const;
      // Near the child, where its ways do not cross those of others.
      const child = isOut ? points[1] : points[0];
      const label = { x: child.x - 8, y: child.y + (isOut ? -5 : 13) };
      return { link, points, label };
    }),
  };
};

const pathOf = ([from, to]: readonly [Point, Point]): string => {
  const middle = (from.x + to.x) / 2;
  return `M${from.x} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
};
