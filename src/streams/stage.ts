import type { MonoTypeOperatorFunction } from 'rxjs';
import type { FactType } from '../facts/facts.js';
import type { Batch } from './batch.js';

/** One part of the pipe: it sends on what comes, and behind each fact what it made of it. */
export interface Stage {
  readonly name: string;
  readonly reads: readonly FactType[];
  /** What it emits beside writes and problems. */
  readonly learns: readonly FactType[];
  readonly operator: MonoTypeOperatorFunction<Batch>;
}
