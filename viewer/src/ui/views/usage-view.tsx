import { useMemo, useRef, useState } from 'react';
import type { UsagePoint } from '../../views/usage.js';
import { clock, compactCount, wholeCount, counted } from '../format.js';
import { ShownAgent } from '../parts/shown-agent.js';
import { useAnswer } from '../use-answer.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';
import { useSize } from './timeline/use-size.js';

const NONE: readonly UsagePoint[] = [];
const HEIGHT = 260;
const LEFT = 52;

/** The context of each request, and what it cost. */
export const UsageView = () => {
  const { at, overview } = useMoment();
  const { route, go, select } = useNavigation();
  const thread = route.thread ?? overview.root;
  const points = useAnswer('usage', { at, thread }) ?? NONE;
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const [hovered, setHovered] = useState<UsagePoint | null>(null);
  const most = useMemo(
    () => niceTop(points.reduce((top, { input, output }) => Math.max(top, input + output), 4)),
    [points],
  );
  const step = points.length === 0 ? 0 : (width - LEFT - 8) / points.length;
  const y = (tokens: number): number => HEIGHT - (tokens / most) * (HEIGHT - 20);
  const own = overview.threads.find(({ id }) => id === thread);
  return (
    <div className="usage">
      <div className="tools">
        <ShownAgent thread={thread} />
        <span className="legend">
          <span data-track="cached">cached input</span>
          <span data-track="fresh">new input</span>
          <span data-track="output">output</span>
          <span data-track="compaction">the context shrank</span>
        </span>
      </div>
      <div className="chart" ref={frame}>
        {width > 0 && (
          <svg width={width} height={HEIGHT + 26} role="img" aria-label="tokens of each request">
            {[0.25, 0.5, 0.75, 1].map((share) => (
              <g key={share}>
                <line className="grid" x1={LEFT} x2={width} y1={y(most * share)} y2={y(most * share)} />
                <text className="tick" x={LEFT - 8} y={y(most * share) + 4} textAnchor="end">
                  {compactCount(Math.round(most * share))}
                </text>
              </g>
            ))}
            {points.map((point, index) => (
              <Bar
                key={point.id}
                point={point}
                x={LEFT + index * step}
                width={Math.max(0.6, step - (step > 4 ? 1.5 : 0))}
                y={y}
                isSelected={route.selected?.id === point.id}
                onHover={setHovered}
                onSelect={() => select({ table: 'inference_calls', id: point.id })}
              />
            ))}
            {points.map(
              (point, index) =>
                index > 0 &&
                point.input < (points[index - 1]?.input ?? 0) * 0.6 && (
                  <path key={point.id} className="drop" d={`M${LEFT + index * step} 12l-4-8h8z`}>
                    <title>the context shrank</title>
                  </path>
                ),
            )}
          </svg>
        )}
      </div>
      <p className="readout" role="status">
        {hovered ? (
          <>
            {clock(hovered.time)} · <bdi>{hovered.model}</bdi>
            {` · in ${hovered.input} (${hovered.cached} cached) · out ${hovered.output} (${hovered.reasoning} reasoning) · ${counted(hovered.items, 'item')}`}
          </>
        ) : points.length === 0 ? (
          'No request of this agent has told its tokens.'
        ) : (
          `${counted(points.length, 'request')} of ${own?.path ?? thread}`
        )}
      </p>
      <table className="totals">
        <thead>
          <tr>
            <th>agent</th>
            <th>requests</th>
            <th>input</th>
            <th>cached</th>
            <th>output</th>
            <th>reasoning</th>
          </tr>
        </thead>
        <tbody>
          {overview.threads.map(({ id, path, tokens }) => (
            <tr key={id} aria-current={id === thread || undefined} onClick={() => go({ thread: id })}>
              <td>{path}</td>
              <td>{wholeCount(tokens.calls)}</td>
              <td>{wholeCount(tokens.input)}</td>
              <td>{wholeCount(tokens.cached)}</td>
              <td>{wholeCount(tokens.output)}</td>
              <td>{wholeCount(tokens.reasoning)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>all</td>
            <td>{wholeCount(overview.tokens.calls)}</td>
            <td>{wholeCount(overview.tokens.input)}</td>
            <td>{wholeCount(overview.tokens.cached)}</td>
            <td>{wholeCount(overview.tokens.output)}</td>
            <td>{wholeCount(overview.tokens.reasoning)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
};

/** The next number up of which a quarter is a round one. */
const niceTop = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(most));
  return (
    [1, 1.2, 1.6, 2, 3, 4, 6, 8].map((factor) => factor * power).find((top) => top >= most) ?? 10 * power
  );
};

interface BarProps {
  readonly point: UsagePoint;
  readonly x: number;
  readonly width: number;
  readonly isSelected: boolean;
  y(tokens: number): number;
  onHover(point: UsagePoint | null): void;
  onSelect(): void;
}

const Bar = ({ point, x, width, y, isSelected, onHover, onSelect }: BarProps) => {
  const [cached, input, all] = [y(point.cached), y(point.input), y(point.input + point.output)];
  return (
    <g
      className="bar"
      data-selected={isSelected}
      onMouseEnter={() => onHover(point)}
      onMouseLeave={() => onHover(null)}
      onClick={onSelect}
    >
      <rect className="hit" x={x} y={0} width={width} height={HEIGHT} />
      <rect className="cached" x={x} y={cached} width={width} height={HEIGHT - cached} />
      <rect className="fresh" x={x} y={input} width={width} height={cached - input} />
      <rect className="output" x={x} y={all} width={width} height={input - all} />
    </g>
  );
};
