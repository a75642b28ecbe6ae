import type { Moment } from './moment.js';
import { tokensOf, type Tokens } from './overview.js';

/** What one request took. */
export interface UsagePoint extends Omit<Tokens, 'calls'> {
  readonly id: string;
  readonly thread: string;
  readonly model: string;
  readonly time: number;
  /** Number of the event that ended it. */
  readonly event: number;
  /** Items in the request. */
  readonly items: number;
}

/** The requests of a thread, or of all, in their order. Those that told no usage are left out. */
export const usageOf = ({ trace, events }: Moment, thread: string | null): readonly UsagePoint[] =>
  [...trace.inference_calls]
    .flatMap(([id, call]): readonly UsagePoint[] => {
      const { ended_seq, ended_at_unix_ms } = call.execution;
      if (!call.usage || ended_seq === null || (thread !== null && call.thread_id !== thread)) return [];
      return [
        {
          id,
          thread: call.thread_id,
          model: call.model,
          time: Number(ended_at_unix_ms),
          event: events.numberOf(ended_seq),
          items: call.request_item_ids.length,
          ...tokensOf(call.usage),
        },
      ];
    })
    .sort((a, b) => a.event - b.event);
