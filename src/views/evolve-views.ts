import { enableMapSet, freeze, produce } from 'immer';
import type { Fact } from '../facts/facts.js';
import type { TraceFact } from '../facts/trace-fact.js';
import type { OwnProjection, OwnProjections, ProjectionStates, Views } from './own-projection.js';

enableMapSet();

/** The state of a projection behind these facts; the same object where none of them changed it. */
export const evolveView = <State extends object>(
  projection: OwnProjection<State>,
  state: State,
  facts: readonly (Fact | TraceFact)[],
): State => {
  const heard = facts.filter((fact): fact is TraceFact => isHeard(projection, fact));
  if (heard.length === 0) return state;
  return produce(state, (draft) => {
    // A draft of a state is a state: `Draft` only drops `readonly`.
    for (const fact of heard) projection.step(draft as State, fact);
  });
};

const isHeard = ({ reads }: { readonly reads: readonly string[] }, { type }: Fact | TraceFact): boolean =>
  reads.includes(type);

export const initialViews = <S extends ProjectionStates>(
  projections: OwnProjections<S> | undefined,
): Views<S> => viewsOf(entriesOf(projections).map(([name, { initial }]) => [name, freeze(initial(), true)]));

/** The same object where no view changed. */
export const evolveViews = <S extends ProjectionStates>(
  projections: OwnProjections<S> | undefined,
  views: Views<S>,
  facts: readonly Fact[],
): Views<S> => {
  const before: ProjectionStates = views;
  const after = entriesOf(projections).map(
    ([name, projection]) => [name, evolveView(projection, before[name] ?? {}, facts)] as const,
  );
  return after.every(([name, state]) => state === before[name]) ? views : viewsOf(after);
};

const entriesOf = <S extends ProjectionStates>(projections: OwnProjections<S> | undefined) =>
  Object.entries<OwnProjection<object>>(projections ?? {});

/** One frozen state for each name: what Object.fromEntries cannot say. */
const viewsOf = <S extends ProjectionStates>(
  states: readonly (readonly [name: string, state: object])[],
): Views<S> => Object.freeze(Object.fromEntries(states)) as Views<S>;
