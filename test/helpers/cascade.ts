/** The cascade as the replay builds it, for bundles in memory and with batches of any size. */
import { from, type Observable } from 'rxjs';
import type { Fact } from '../../src/facts/facts.js';
import { BATCH, headerOf, stagesOf } from '../../src/replay.js';
import { assemble, type Reduction } from '../../src/streams/assemble.js';
import type { Batch } from '../../src/streams/batch.js';
import { connectCascade } from '../../src/streams/connect-cascade.js';
import { streams } from '../../src/streams/drivers.js';
import { inBatches } from '../../src/streams/in-batches.js';
import { toFacts } from '../../src/streams/to-facts.js';
import { printTrace } from '../../src/trace/print.js';
import type { OpenedBundle } from '../fuzz/bundle.js';

export interface CascadeOptions {
  readonly strict: boolean;
  /** Facts in one batch; as many as in the replay of a recording, if none are given. */
  readonly batch?: number;
  /** Whether a request is read only where it differs from the one before. */
  readonly sharePrefixes?: boolean;
}

/** Reduces a bundle in memory, at once. Throws what the pipe errors with. */
export const reduceInMemory = (bundle: OpenedBundle, options: CascadeOptions): Reduction => {
  const reductions = collect(said(bundle, options).pipe(assemble(headerOf(bundle.manifest), options)));
  const [reduction] = reductions;
  if (!reduction || reductions.length > 1) throw new Error(`the pipe gave ${reductions.length} reductions`);
  return reduction;
};

/** Every fact that leaves the cascade, in its order. */
export const factsOf = (bundle: OpenedBundle): readonly Fact[] =>
  collect(said(bundle, {})).flatMap(({ facts }) => facts);

/** The facts of the log, before any stage. */
export const logFactsOf = ({ entries, payloads }: OpenedBundle): readonly Fact[] =>
  collect(from(entries).pipe(toFacts(payloads)));

const said = (
  { manifest, entries, payloads }: OpenedBundle,
  { batch = BATCH, sharePrefixes = true }: Omit<CascadeOptions, 'strict'>,
): Observable<Batch> =>
  from(entries).pipe(
    toFacts(payloads),
    inBatches({ of: batch }),
    connectCascade(...stagesOf(manifest, streams, { sharePrefixes })),
  );

/** All values of a stream that needs no waiting. */
const collect = <T>(values$: Observable<T>): readonly T[] => {
  const values: T[] = [];
  let end: { readonly error?: unknown } | undefined;
  values$.subscribe({
    next: (value) => void values.push(value),
    error: (error: unknown) => (end = { error }),
    complete: () => (end = {}),
  });
  if (!end) throw new Error('the stream did not end at once');
  if ('error' in end) throw end.error;
  return values;
};

export const printed = ({ trace }: Pick<Reduction, 'trace'>): string => [...printTrace(trace)].join('');
