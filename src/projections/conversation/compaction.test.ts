import { describe, expect, it } from 'vitest';
import { compactionInstalled, missingPayload, payloadOf } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import { encoded, message, modelItems, user } from '../../../test/helpers/items.js';
import { checkpointReduced, inferenceOpened, requestRead } from '../../../test/helpers/learned.js';
import { insert, link, patch } from '../../facts/writes.js';
import { schema1 } from '../../schemas/schema-1.js';
import { conversation } from './conversation.js';

const developer = message('developer', 'rules');
const summary = { type: 'compaction', encrypted_content: 'blob' };
const item = (ordinal: number): string => `conversation_item:${ordinal}`;
const items = (...ordinals: readonly number[]): string[] => ordinals.map(item);

const request = (input: readonly unknown[], previous_response_id: string | null = null) =>
  [inferenceOpened(), requestRead({ previous_response_id, items: modelItems(input) })] as const;
const install = (input_history: unknown, replacement_history: unknown) =>
  compactionInstalled({ payload: payloadOf({ input_history, replacement_history }, 'P2') });
const requested = (...ordinals: readonly number[]) =>
  patch('inference_calls', 'I1', { request_item_ids: items(...ordinals) });

const before = given(conversation(schema1)).after(...request([developer, user('go')]));
const byCompaction = { type: 'compaction', compaction_id: 'K1' } as const;

describe('an installed compaction', () => {
  it('cuts the history with a marker, and the replacement follows as new items', () => {
    const outcome = before.when(install([developer, user('go')], [user('go'), summary]));
    const replaced = { produced_by: [byCompaction] };
    outcome.thenWrites(
      insert('conversation_items', item(3), {
        item_id: item(3),
        thread_id: 'T1',
        codex_turn_id: 'U1',
        first_seen_at_unix_ms: 1010,
        role: 'assistant',
        channel: null,
        kind: 'compaction_marker',
        body: { parts: [] },
        call_id: null,
        produced_by: [byCompaction],
      }),
      inserted('conversation_items', item(4), { role: 'user', ...replaced }),
      inserted('conversation_items', item(5), {
        channel: 'summary',
        kind: 'message',
        body: { parts: [encoded('blob')] },
        ...replaced,
      }),
      link('threads', 'T1', 'conversation_item_ids', items(3, 4, 5)),
    );
    expect(outcome.learned('checkpoint_reduced')).toEqual([
      checkpointReduced({
        marker_item_id: item(3),
        input_item_ids: items(1, 2),
        replacement_item_ids: items(4, 5),
      }),
    ]);
  });

  it('finds its input anywhere in the history, each item once', () => {
    const [reduced] = before
      .when(install([user('go'), user('go'), developer], []))
      .learned('checkpoint_reduced');
    expect(reduced).toMatchObject({ input_item_ids: items(2, 3, 1), marker_item_id: item(4) });
  });

  it('lets the next full request reuse the replacement and nothing before it', () => {
    before
      .after(install([developer, user('go')], [user('go'), summary]))
      .when(...request([developer, user('go'), summary]))
      .thenWritesTo('inference_calls', requested(6, 4, 5));
  });

  it('is over with that request', () => {
    before
      .after(install([], [user('go')]), ...request([user('go'), user('more')]))
      .when(...request([user('go'), user('more')]))
      .thenWrites(requested(4, 5));
  });

  it('is not over with an incremental request', () => {
    const later = before.after(install([], [user('go')]));
    later
      .after(...request([user('more')], 'resp-9'))
      .when(...request([user('go')]))
      .thenWritesTo('inference_calls', requested(4));
  });

  it('that does not name its thread or turn is left out', () => {
    const payload = payloadOf({ input_history: [], replacement_history: [] });
    before.when(compactionInstalled({ payload, thread: null })).thenNothing();
    before.when(compactionInstalled({ payload, turn: null })).thenNothing();
  });

  it('keeps its first install', () => {
    before
      .after(install([], []))
      .when(install([], [user('go')]))
      .thenReports({ code: 'compaction_duplicate', entity: 'K1' })
      .thenWrites()
      .thenLearns();
  });

  it.each([
    ['input', install({}, [user('b')]), [], items(4)],
    ['replacement', install([developer], undefined), items(1), []],
  ] as const)(
    'is kept without the %s history that is not there',
    (_what, fact, input_item_ids, replacement_item_ids) => {
      const [reduced] = before
        .when(fact)
        .thenReports({ code: 'checkpoint_history_missing', entity: 'K1' })
        .learned('checkpoint_reduced');
      expect(reduced).toMatchObject({ input_item_ids, replacement_item_ids, marker_item_id: item(3) });
    },
  );

  it('is kept as a marker where its checkpoint is missing', () => {
    const [reduced] = before
      .when(compactionInstalled({ payload: missingPayload() }))
      .thenReports('payload_missing')
      .learned('checkpoint_reduced');
    expect(reduced).toMatchObject({ input_item_ids: [], replacement_item_ids: [], marker_item_id: item(3) });
  });
});
