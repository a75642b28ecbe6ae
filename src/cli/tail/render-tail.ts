import path from 'node:path';
import { isEnded } from '../../answers/calls.js';
import { columnsOf, fill, fit, widest } from '../columns.js';
import { doing } from './doing.js';
import type { SessionView } from './session-view.js';
import type { TreeLine } from '../thread-tree.js';
import { rankOf, threadTree, type KnownThread, type ThreadTree } from './thread-tree.js';
import { amountOf, counted, duration, oneLine } from '../words.js';

export interface FrameSize {
  /** Columns of the terminal. */
  readonly width: number;
  /** Lines that there are. */
  readonly height: number;
}

/** Lines of a session besides those of its threads: a heading, and a summary. */
const AROUND = 2;
/** Lines of a session that shows one agent, and how many others there are. */
const LEAST = AROUND + 2;
/** Columns below which nobody can read what an agent does. */
const LEGIBLE = 24;

/**
 * The lines of one picture: each session with its agents. None is wider than the terminal, and there are no
 * more than fit. `now` in Unix milliseconds; `others` are sessions of which nothing is known any more.
 */
export const renderTail = (
  views: readonly SessionView[],
  { width, height, now, others = 0 }: FrameSize & { readonly now: number; readonly others?: number },
): readonly string[] => {
  // Those that run are more interesting; among them, those that came last.
  const ranked = views.toReversed().toSorted((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)));
  const isCrowded = others > 0 || (views.length > 1 && views.length * LEAST > height);
  const room = isCrowded ? height - 1 : height;
  const shown = ranked.slice(0, Math.max(1, Math.floor(room / LEAST)));
  const rest = views.length - shown.length + others;
  const heights = share(
    room,
    shown.map(({ threads }) => threads.size + AROUND),
  );
  const lines = views
    .filter((view) => shown.includes(view))
    .flatMap((view) => sessionLines(view, { width, now, height: heights[shown.indexOf(view)] ?? 0 }));
  if (rest > 0) lines.push(fit(`… and ${counted(rest, 'other session')}`, width));
  return lines.slice(0, Math.max(0, height));
};

const hasEnded = ({ snapshot }: SessionView): boolean => isEnded(snapshot.trace);

/** Shares lines out: nobody gets more than it wants, and nobody less than others that want as much. */
const share = (lines: number, wanted: readonly number[]): readonly number[] => {
  const given: number[] = [];
  let left = lines;
  const modestFirst = wanted.map((want, index) => ({ want, index })).toSorted((a, b) => a.want - b.want);
  for (const [served, { want, index }] of modestFirst.entries()) {
    const fair = Math.floor(left / (wanted.length - served));
    given[index] = Math.min(want, fair);
    left -= given[index];
  }
  return given;
};

const sessionLines = (
  view: SessionView,
  { width, height, now }: FrameSize & { readonly now: number },
): readonly string[] => {
  const room = Math.max(1, height - AROUND);
  const whole = threadTree(view, room);
  const tree = whole.leftOut.length > 0 ? threadTree(view, Math.max(1, room - 1)) : whole;
  return [
    fit(heading(view, now), width),
    ...threadLines(view, tree, width, now),
    ...(tree.leftOut.length > 0 ? [fit(`… and ${leftOutText(tree.leftOut)}`, width)] : []),
    fit(summary(view), width),
  ];
};

const heading = ({ snapshot, restarted }: SessionView, now: number): string => {
  const { trace, directory } = snapshot;
  const elapsed = duration(trace.started_at_unix_ms, trace.ended_at_unix_ms ?? now);
  const again = restarted === null ? '' : `; read again, because the log was ${restarted}`;
  const name = oneLine(path.basename(directory));
  return `${name}: session ${isEnded(trace) ? `${trace.status} after` : 'running for'} ${elapsed}${again}`;
};

const summary = ({ snapshot }: SessionView): string => {
  const { trace, events, diagnostics, pending } = snapshot;
  return [
    counted(events, 'event'),
    `${counted(diagnostics.length, 'problem')}${diagnostics.length > 0 ? ' (see rollout-trace check)' : ''}`,
    `${pending.length} pending`,
    recordingText(trace),
  ].join(', ');
};

/** Only schema 2 says when a recording is complete. */
const recordingText = (trace: SessionView['snapshot']['trace']): string => {
  if (trace.schema_version === 2) {
    return trace.recording_complete ? 'the recording is complete' : 'the recording goes on';
  }
  return isEnded(trace) ? 'the session has ended' : 'the recording goes on';
};

const leftOutText = (threads: readonly KnownThread[]): string => {
  const kinds = ['at work', 'idle', 'ended'].flatMap((kind, rank) => {
    const { length } = threads.filter((thread) => rankOf(thread) === rank);
    return length > 0 ? [`${length} ${kind}`] : [];
  });
  return `${counted(threads.length, 'more agent')} (${kinds.join(', ')})`;
};

const threadLines = (
  { snapshot }: SessionView,
  { lines }: ThreadTree,
  width: number,
  now: number,
): readonly string[] => {
  const rows = lines.map((line) => ({
    name: nameOf(line),
    turn: turnText(line.thread, now),
    counts: countsText(line.thread),
    thread: line.thread,
  }));
  const nameWidth = Math.min(Math.floor(width * 0.4), widest(rows.map(({ name }) => name)));
  const turnWidth = widest(rows.map(({ turn }) => turn));
  const countsWidth = widest(rows.map(({ counts }) => counts));
  const left = width - nameWidth - turnWidth - 4;
  const hasCounts = left - countsWidth - 2 >= LEGIBLE;
  return rows.map(({ name, turn, counts, thread }) => {
    const doingWidth = hasCounts ? left - countsWidth - 2 : left;
    const said = doingText(snapshot.trace, thread, now, doingWidth);
    const start = `${fill(name, nameWidth)}  ${fill(turn, turnWidth)}  `;
    const line = hasCounts
      ? `${start}${fill(said, doingWidth)}  ${counts.padStart(countsWidth)}`
      : start + said;
    return fit(line, width).trimEnd();
  });
};

const nameOf = ({ prefix, name }: TreeLine<KnownThread>): string => prefix + oneLine(name);

/** The number of the open turn and its time; of an agent without one, how many it had. */
const turnText = ({ turns, openTurns, row }: KnownThread, now: number): string => {
  const [latest] = [...openTurns.values()].toSorted((a, b) =>
    a.execution.started_seq < b.execution.started_seq ? 1 : -1,
  );
  if (latest) return `turn ${turns} ${duration(latest.execution.started_at_unix_ms, now)}`;
  const { started_at_unix_ms, ended_at_unix_ms } = row.execution;
  return `${counted(turns, 'turn')} ${duration(started_at_unix_ms, ended_at_unix_ms ?? now)}`;
};

/** What the agent does. The time is seen also where a long command is cut. */
const doingText = (
  trace: SessionView['snapshot']['trace'],
  thread: KnownThread,
  now: number,
  width: number,
): string => {
  const { text, since, besides } = doing(trace, thread);
  const { background } = thread;
  const elapsed = since === null ? '0s' : duration(since, now);
  const end = [
    // Most things take no second: their time would only flicker.
    elapsed === '0s' ? '' : ` for ${elapsed}`,
    besides === 0 ? '' : ` and ${besides} more`,
    background === 0 || rankOf(thread) === 2 ? '' : `; ${counted(background, 'command')} in the background`,
  ].join('');
  return `${fit(text, Math.max(1, width - columnsOf(end)))}${end}`;
};

const countsText = ({ tokens, failed }: KnownThread): string => {
  const { input, cached, output } = tokens;
  const hasAny = input > 0n || output > 0n;
  return [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(hasAny ? [`in ${amountOf(input)} (${amountOf(cached)} cached) out ${amountOf(output)}`] : []),
  ].join('  ');
};
