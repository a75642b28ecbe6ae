import { compactionItem, printList } from './history.js';
import { modelFields, type Session, type Turn } from './session.js';

/** User messages that survive a compaction. */
const KEPT_MESSAGES = 40;

/** Remote compaction: a request, its response and the checkpoint whose new history replaces the old one. */
export function compactionStep(session: Session, turn: Turn): void {
  const { writer, texts, dialect } = session;
  const { thread } = turn;
  const number = session.next('compaction');
  const compaction = { compaction_id: `compaction:${number}` };
  const ids = { ...compaction, compaction_request_id: `compaction_request:${number}` };
  const request = writer.printedPayload('compaction_request', dialect.requests.compaction(thread.history));
  const started = { ...ids, ...modelFields(turn), request_payload: request };
  writer.event(turn, 'compaction_request_started', started);

  const kept = thread.userMessages.slice(-KEPT_MESSAGES);
  const summary = dialect.items.item(compactionItem(texts.encrypted(3000)));
  const output = `{\n  "output_items": ${printList(dialect.requests.compacted(kept, summary))}\n}`;
  const response = writer.printedPayload('compaction_response', output);
  writer.event(turn, 'compaction_request_completed', { ...ids, response_payload: response });

  // The developer message and the environment stay in front of what the compaction kept.
  const context = thread.history.slice(0, 2).map((item) => dialect.items.renewed(item));
  const replacement = [...context, ...kept, summary];
  const before = `"input_history": ${printList(thread.history)}`;
  const after = `"replacement_history": ${printList(replacement)}`;
  const checkpoint = writer.printedPayload('compaction_checkpoint', `{\n  ${before},\n  ${after}\n}`);
  writer.event(turn, 'compaction_installed', { ...compaction, checkpoint_payload: checkpoint });
  thread.history = replacement;
  thread.previous = undefined;
}
