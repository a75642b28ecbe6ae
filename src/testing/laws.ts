/**
 * What holds for a reducer of recordings whatever was recorded: properties for `fc.assert`. Each fails with the
 * smallest session that it finds.
 */
import fc from 'fast-check';
import { tableNames } from '../model/rollout-trace.js';
import { bundleOf, type SessionBundle } from './bundle.js';
import { canonicalGraph } from './canonical-graph.js';
import { expectEqual } from './expectation.js';
import { reorderedSessions, type ReorderedSession } from './interleavings.js';
import type { Reduce, ReduceLive } from './reduce.js';
import type { Session } from './session.js';
import { sessions, type SessionOptions } from './sessions.js';

/** The same session gives the same graph, in whatever order concurrent events were recorded. */
export const confluence = (reduce: Reduce, options: SessionOptions): fc.IAsyncProperty<[ReorderedSession]> =>
  fc.asyncProperty(reorderedSessions(options), async ({ session, order }) => {
    const played = canonicalGraph(await reduce(bundleOf(session)));
    const reordered = canonicalGraph(await reduce(bundleOf(session, order)));
    expectEqual('another order of the events gives another graph', reordered, played);
  });

/** A recording that stops early is accepted, and has no row that the whole has not. */
export const prefix = (reduce: Reduce, options: SessionOptions): fc.IAsyncProperty<[Session, number]> =>
  fc.asyncProperty(sessions(options), share, async (session, part) => {
    const bundle = bundleOf(session);
    const whole = rowIds(await reduce(bundle));
    const rows = rowIds(await reduce(upTo(bundle, part)));
    const unknown = [...rows].filter((row) => !whole.has(row));
    expectEqual('the whole recording has fewer rows than its start', unknown, []);
  });

/** What a reducer gives behind an event is what it gives for a recording that ends there. */
export const snapshotIsReplay = (
  reduceLive: ReduceLive,
  reduce: Reduce,
  options: SessionOptions,
): fc.IAsyncProperty<[Session, number]> =>
  fc.asyncProperty(sessions(options), share, async (session, part) => {
    const bundle = bundleOf(session);
    const snapshots = await reduceLive(bundle);
    expectEqual('there is one snapshot behind each event', snapshots.length, bundle.events.length);
    const start = upTo(bundle, part);
    const snapshot = snapshots[start.events.length - 1];
    if (snapshot === undefined) return;
    expectEqual('a snapshot differs from a replay', snapshot, await reduce(start));
  });

/** How much of a recording, in thousandths. */
const share = fc.nat({ max: 1000 });

const upTo = (bundle: SessionBundle, part: number): SessionBundle => ({
  ...bundle,
  events: bundle.events.slice(0, Math.floor((bundle.events.length * part) / 1000)),
});

/** Rows of other tables stay; a terminal session is none when nobody uses it any more. */
const lastingTables = tableNames.filter((table) => table !== 'terminal_sessions');

const rowIds = (state: string): ReadonlySet<string> => {
  const graph: Readonly<Record<string, object>> = JSON.parse(state);
  return new Set(
    lastingTables.flatMap((table) => Object.keys(graph[table] ?? {}).map((id) => `${table} ${id}`)),
  );
};
