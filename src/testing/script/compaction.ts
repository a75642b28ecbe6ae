import type { CompactionStep } from '../session.js';
import { newItem, type ActiveTurn, type Stage } from './agent.js';
import { summaryItem, type Item } from './items.js';

const jsonOf = (items: readonly Item[]) => items.map(({ json }) => json);

/** Requests until one is answered, then the history that the answer leaves. */
export const playCompaction = (stage: Stage, turn: ActiveTurn, plan: CompactionStep): void => {
  const { script } = stage;
  const { thread } = turn;
  const number = script.next('compaction');
  const compaction_id = `compaction:${number}`;
  const summary = newItem(stage, summaryItem(`${plan.summary} ${number}`));
  for (let left = plan.failures; left >= 0; left -= 1) {
    const ids = { compaction_id, compaction_request_id: `compaction_request:${script.next('attempt')}` };
    const started = {
      ...ids,
      thread_id: thread.id,
      codex_turn_id: turn.turn,
      model: 'model',
      provider_name: 'provider',
      request_payload: script.payload('compaction_request', { input: jsonOf(thread.history) }),
    };
    thread.now = script.event(turn, 'compaction_request_started', started, thread.now);
    if (left > 0) {
      const failed = { ...ids, error: 'failed' };
      thread.now = script.event(turn, 'compaction_request_failed', failed, thread.now);
    } else {
      const response_payload = script.payload('compaction_response', { output_items: jsonOf([summary]) });
      const completed = { ...ids, response_payload };
      thread.now = script.event(turn, 'compaction_request_completed', completed, thread.now);
    }
  }
  const replacement = [...thread.history.slice(0, 2), summary];
  const checkpoint_payload = script.payload('compaction_checkpoint', {
    input_history: jsonOf(thread.history),
    replacement_history: jsonOf(replacement),
  });
  const installed = { compaction_id, checkpoint_payload };
  thread.now = script.event(turn, 'compaction_installed', installed, thread.now);
  thread.history = replacement;
  thread.continued = undefined;
};
