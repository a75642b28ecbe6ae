import { eventRows, type EventRow } from './events.js';
import type { Moment } from './moment.js';

/** What proves an object: raw events, and the files that they name. */
export interface Evidence {
  readonly events: readonly EventRow[];
  readonly payloads: readonly EvidenceFile[];
}

export interface EvidenceFile {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  readonly bytes: number;
  /** Why it cannot be read. */
  readonly problem: string | null;
}

export const evidenceOf = (
  { trace, events, payloads, at }: Moment,
  id: string,
  payloadIds: readonly (string | null)[],
): Evidence => {
  const own = new Set(payloadIds.filter((each) => each !== null));
  const numbers = new Set([id, ...own].flatMap((each) => events.naming(each)));
  return {
    events: eventRows(
      events,
      [...numbers].filter((number) => number <= at).sort((a, b) => a - b),
    ),
    payloads: [...own].flatMap((payload): readonly EvidenceFile[] => {
      const ref = trace.raw_payloads.get(payload);
      if (!ref) return [];
      const { path, kind } = ref;
      const problem = payloads.problem(path)?.message ?? null;
      return [{ id: payload, kind: kind.type, path, bytes: payloads.size(path), problem }];
    }),
  };
};
