import { defer, map, tap, type OperatorFunction } from 'rxjs';
import { evolveViews, initialViews } from '../views/evolve-views.js';
import type { OwnProjections, ProjectionStates, Viewed } from '../views/own-projection.js';
import type { Batch } from './batch.js';

/**
 * Runs projections of a user beside what makes results of batches: each result shows what they came to. They
 * stand behind all stages, so they hear every fact, and hear nothing of what is only foreseen.
 */
export const withViews =
  <S extends ProjectionStates, Result extends object>(
    projections: OwnProjections<S> | undefined,
    results: OperatorFunction<Batch, Result>,
  ): OperatorFunction<Batch, Result & Viewed<S>> =>
  (batches$) =>
    defer(() => {
      let views = initialViews(projections);
      return batches$.pipe(
        tap(({ facts }) => {
          views = evolveViews(projections, views, facts);
        }),
        results,
        map((result) => ({ ...result, views })),
      );
    });
