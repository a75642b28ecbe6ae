import type { EventClass } from './live-session.js';

/** What one event cost, up to the snapshot that shows it. */
export interface EventSample {
  readonly kind: string;
  readonly class: EventClass;
  readonly micros: number;
  /** Microseconds of them that the line took, before anything was reduced. */
  readonly read: number;
  /** Microseconds of parsing the line and the payload, and nothing else. */
  readonly floor: number;
}

export interface Cost {
  readonly median: number;
  readonly p99: number;
  readonly read: number;
  readonly floor: number;
}

export function costOf(samples: readonly EventSample[]): Cost {
  const costs = samples.map(({ micros }) => micros);
  const reads = samples.map(({ read }) => read);
  const floors = samples.map(({ floor }) => floor);
  return {
    median: quantile(costs, 0.5),
    p99: quantile(costs, 0.99),
    read: quantile(reads, 0.5),
    floor: quantile(floors, 0.5),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
