import { describe, it } from 'vitest';
import { given, inserted } from '../../test/helpers/given.js';
import { agentClosed, deliveryEvidence, deliveryMet } from '../../test/helpers/learned.js';
import { insert, link, patch } from '../facts/writes.js';
import { edges } from './edges.js';

const EDGE = 'edge:tool:X1';

describe('an edge', () => {
  it('points at the item that shows the message', () => {
    given(edges)
      .when(deliveryMet({ carried_raw_payload_ids: ['P1'] }))
      .thenWrites(
        insert('interaction_edges', EDGE, {
          edge_id: EDGE,
          kind: 'send_message',
          source: { type: 'tool_call', tool_call_id: 'X1' },
          target: { type: 'conversation_item', item_id: 'conversation_item:1' },
          started_at_unix_ms: 1010,
          ended_at_unix_ms: null,
          carried_item_ids: ['conversation_item:1'],
          carried_raw_payload_ids: ['P1'],
        }),
      );
  });

  it('carries no item where it points at a thread', () => {
    const target = { type: 'thread', thread_id: 'T2' } as const;
    given(edges)
      .when(deliveryMet({ target }))
      .thenWrites(inserted('interaction_edges', EDGE, { target, carried_item_ids: [] }));
  });

  it('of a closing points at the thread', () => {
    given(edges)
      .when(agentClosed())
      .thenWrites(
        inserted('interaction_edges', EDGE, {
          kind: 'close_agent',
          source: { type: 'tool_call', tool_call_id: 'X1' },
          target: { type: 'thread', thread_id: 'T2' },
        }),
      );
  });

  it('that is observed again has the earliest start, the latest end and all evidence', () => {
    given(edges)
      .after(deliveryMet({ ended_at_unix_ms: 1020, carried_raw_payload_ids: ['P1'] }))
      .when(
        deliveryMet({ started_at_unix_ms: 990, carried_raw_payload_ids: ['P1', 'P2'] }),
        deliveryMet({ started_at_unix_ms: 1000, ended_at_unix_ms: 1030 }),
      )
      .thenWrites(
        patch('interaction_edges', EDGE, { started_at_unix_ms: 990, ended_at_unix_ms: 1020 }),
        link('interaction_edges', EDGE, 'carried_raw_payload_ids', ['P2']),
        patch('interaction_edges', EDGE, { started_at_unix_ms: 990, ended_at_unix_ms: 1030 }),
      );
  });

  it.each([
    ['kind', { kind: 'assign_agent_task' }],
    ['source', { source: { type: 'tool_call', tool_call_id: 'X2' } }],
    ['target', { target: { type: 'conversation_item', item_id: 'conversation_item:2' } }],
  ] as const)('keeps the %s of its first observation', (_what, fields) => {
    given(edges)
      .after(deliveryMet())
      .when(deliveryMet({ ...fields, carried_raw_payload_ids: ['P2'] }))
      .thenReports({ code: 'edge_conflict', entity: EDGE })
      .thenWrites();
  });
});

describe('evidence', () => {
  it('goes to the edge that waited for it', () => {
    given(edges)
      .after(deliveryMet())
      .when(deliveryEvidence({ edge_id: EDGE }))
      .thenWrites(link('interaction_edges', EDGE, 'carried_raw_payload_ids', ['P9']));
  });

  it('goes to the first edge of its tool in the order of the bytes of their ids', () => {
    given(edges)
      .after(deliveryMet({ edge_id: 'edge:b' }), deliveryMet({ edge_id: 'edge:a' }))
      .when(deliveryEvidence())
      .thenWrites(link('interaction_edges', 'edge:a', 'carried_raw_payload_ids', ['P9']));
  });

  it('is carried once', () => {
    given(edges)
      .after(deliveryMet({ carried_raw_payload_ids: ['P9'] }))
      .when(deliveryEvidence())
      .thenNothing();
  });

  it('of a tool without an edge goes nowhere', () => {
    given(edges)
      .after(deliveryMet())
      .when(deliveryEvidence({ tool_call_id: 'X2' }))
      .thenNothing();
  });
});
