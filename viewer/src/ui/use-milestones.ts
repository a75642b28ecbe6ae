import { useCallback, useMemo, useState } from 'react';
import type { Milestone } from '../views/milestones.js';
import { useClient } from './use-answer.js';
import type { Navigation } from './use-route.js';

export interface Milestones {
  /** Shows the session at the first event of a kind, or at the next one; behind the last it begins anew. */
  jump(milestone: Milestone, which: 'first' | 'next'): Promise<void>;
  /** That there is none, where that is so. */
  readonly said: string;
}

export const useMilestones = ({ route, go }: Navigation): Milestones => {
  const client = useClient();
  const [said, setSaid] = useState('');
  const { at } = route;
  const jump = useCallback(
    async (milestone: Milestone, which: 'first' | 'next'): Promise<void> => {
      const after = which === 'first' ? 0 : (at ?? 0);
      const number =
        (await client.ask('milestone', { milestone, after })) ??
        (after > 0 ? await client.ask('milestone', { milestone, after: 0 }) : null);
      setSaid(number === null ? 'there is none' : '');
      if (number !== null) go({ at: number, event: number });
    },
    [client, go, at],
  );
  return useMemo(() => ({ jump, said }), [jump, said]);
};
