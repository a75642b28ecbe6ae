import type { Immutable } from 'immer';
import { traceFactTypes, type TraceFactOf, type TraceFactType } from '../facts/trace-fact.js';

/**
 * A projection of a user: state folded from facts, which stands in every snapshot as a view. `step` is an
 * immer recipe: it changes `state`, never `fact`, and keeps nothing elsewhere. It says nothing: what is
 * built in stays as it is, whatever is joined to it.
 */
export interface OwnProjection<State extends object, Reads extends TraceFactType = TraceFactType> {
  /** The only facts that `step` is called with. */
  readonly reads: readonly Reads[];
  readonly initial: () => State;
  // A method, so that projections which read different facts fit in one list: each is given only its own.
  step(state: State, fact: TraceFactOf<Reads>): void;
}

/** Infers all types: `fact` is narrowed by `reads`. Throws where `reads` names no fact. */
export const defineOwnProjection = <State extends object, const Reads extends TraceFactType>(
  projection: OwnProjection<State, Reads>,
): OwnProjection<State, Reads> => {
  const unknown = projection.reads.find((type) => !traceFactTypes.has(type));
  if (unknown !== undefined) throw new TypeError(`there is no fact ${unknown} to read`);
  return projection;
};

/** The states of several projections, by name. */
export type ProjectionStates = Readonly<Record<string, object>>;
export type NoProjections = Readonly<Record<never, object>>;

/** Several projections, by the names of their views. */
export type OwnProjections<S extends ProjectionStates> = {
  readonly [Name in keyof S]: OwnProjection<S[Name]>;
};

/** What they came to. Frozen; a state, and what is in it, stays the same object while nothing changes it. */
export type Views<S extends ProjectionStates> = { readonly [Name in keyof S]: Immutable<S[Name]> };

export interface Viewed<S extends ProjectionStates> {
  readonly views: Views<S>;
}
