import { describe, it } from 'vitest';
import {
  at,
  compactionRequestCompleted,
  compactionRequestFailed,
  compactionRequestStarted,
  payloadOf,
} from '../../test/helpers/facts.js';
import { given, inserted } from '../../test/helpers/given.js';
import { checkpointReduced } from '../../test/helpers/learned.js';
import { insert, patch } from '../facts/writes.js';
import { endedAt, runningSince } from '../model/execution.js';
import { compactions } from './compactions.js';

const R1 = compactionRequestStarted();
const sinceStart = runningSince(at());

describe('a compaction request', () => {
  it('runs from its start', () => {
    given(compactions)
      .when(R1)
      .thenWrites(
        insert('compaction_requests', 'R1', {
          compaction_request_id: 'R1',
          compaction_id: 'K1',
          thread_id: 'T1',
          codex_turn_id: 'U1',
          execution: sinceStart,
          model: 'gpt-test',
          provider_name: 'test-provider',
          raw_request_payload_id: 'P1',
          raw_response_payload_id: null,
        }),
      );
  });

  it('completes with its response', () => {
    given(compactions)
      .after(R1)
      .when(compactionRequestCompleted({ payload: payloadOf({}, 'P2'), seq: 2 }))
      .thenWrites(
        patch('compaction_requests', 'R1', {
          execution: endedAt(sinceStart, at({ seq: 2 }), 'completed'),
          raw_response_payload_id: 'P2',
        }),
      );
  });

  it('takes a later end, which clears the response that it does not carry', () => {
    given(compactions)
      .after(R1, compactionRequestCompleted({ payload: payloadOf({}, 'P2') }))
      .when(compactionRequestFailed({ seq: 3 }))
      .thenWrites(
        patch('compaction_requests', 'R1', {
          execution: endedAt(sinceStart, at({ seq: 3 }), 'failed'),
          raw_response_payload_id: null,
        }),
      );
  });

  it('keeps its first start', () => {
    given(compactions)
      .after(R1)
      .when(compactionRequestStarted({ compaction_id: 'K2' }))
      .thenReports({ code: 'compaction_request_duplicate', entity: 'R1' })
      .thenWrites();
  });

  it('that nothing started is left out', () => {
    given(compactions)
      .when(compactionRequestCompleted())
      .thenReports({ code: 'compaction_request_unknown', entity: 'R1' })
      .thenWrites();
  });

  it('stays with the compaction of its start, whatever its end names', () => {
    given(compactions)
      .after(R1)
      .when(compactionRequestFailed({ compaction_id: 'K2' }))
      .thenReports({ code: 'compaction_request_mismatch', entity: 'R1' })
      .thenWrites(
        patch('compaction_requests', 'R1', {
          execution: endedAt(sinceStart, at(), 'failed'),
          raw_response_payload_id: null,
        }),
      );
  });
});

describe('a compaction', () => {
  it('is installed with what the conversation made of it', () => {
    given(compactions)
      .when(
        checkpointReduced({
          marker_item_id: 'conversation_item:3',
          input_item_ids: ['conversation_item:1', 'conversation_item:2'],
          replacement_item_ids: ['conversation_item:4'],
        }),
      )
      .thenWrites(
        insert('compactions', 'K1', {
          compaction_id: 'K1',
          thread_id: 'T1',
          codex_turn_id: 'U1',
          installed_at_unix_ms: 1010,
          marker_item_id: 'conversation_item:3',
          request_ids: [],
          input_item_ids: ['conversation_item:1', 'conversation_item:2'],
          replacement_item_ids: ['conversation_item:4'],
        }),
      );
  });

  it('lists the requests that were made for it before, in the order of the bytes of their ids', () => {
    const requests = ['R9', 'R10', 'Ré', 'RZ'].map((id) =>
      compactionRequestStarted({ compaction_request_id: id }),
    );
    const foreign = compactionRequestStarted({ compaction_request_id: 'R0', compaction_id: 'K2' });
    given(compactions)
      .after(...requests, foreign)
      .when(checkpointReduced())
      .thenWrites(inserted('compactions', 'K1', { request_ids: ['R10', 'R9', 'RZ', 'Ré'] }));
  });
});
