/** What holds for a projection of your own whatever was recorded: properties for `fc.assert`. */
import fc from 'fast-check';
import { freeze } from 'immer';
import { evolveView } from '../views/evolve-views.js';
import type { OwnProjection } from '../views/own-projection.js';
import { bundleOf, type SessionBundle } from './bundle.js';
import { expectEqual } from './expectation.js';
import { reorderedSessions, type ReorderedSession } from './interleavings.js';
import { factsOf } from './reduce.js';
import type { Session } from './session.js';
import { sessions, type SessionOptions } from './sessions.js';

/** The same session gives the same state each time, however many facts come at a time, and no fact is changed. */
export const stateIsFold = <State extends object>(
  projection: OwnProjection<State>,
  options: SessionOptions,
): fc.IProperty<[Session]> =>
  fc.property(sessions(options), (session) => {
    const bundle = bundleOf(session);
    const first = stateBehind(projection, bundle, 1);
    for (const size of [1, 2, 7, Infinity]) {
      const state = stateBehind(projection, bundle, size);
      expectEqual(`the state differs where facts come by ${size}`, state, first);
    }
  });

/** The same session gives the same state, in whatever order concurrent events were recorded. */
export const stateConfluence = <State extends object>(
  projection: OwnProjection<State>,
  options: SessionOptions,
): fc.IProperty<[ReorderedSession]> =>
  fc.property(reorderedSessions(options), ({ session, order }) => {
    const played = stateBehind(projection, bundleOf(session), 1);
    const reordered = stateBehind(projection, bundleOf(session, order), 1);
    expectEqual('another order of the events gives another state', reordered, played);
  });

/** Facts come by so many at a time. */
const stateBehind = <State extends object>(
  projection: OwnProjection<State>,
  bundle: SessionBundle,
  size: number,
): State => {
  const facts = freeze(factsOf(bundle), true);
  let state = freeze(projection.initial(), true);
  for (let start = 0; start < facts.length; start += size) {
    state = evolveView(projection, state, facts.slice(start, start + size));
  }
  return state;
};
