import { describe, it } from 'vitest';
import { at, unresolved } from '../../test/helpers/facts.js';
import { givenGate } from '../../test/helpers/given.js';
import { encoded, itemRow, mailText, text } from '../../test/helpers/items.js';
import {
  agentClosed,
  deliveryEvidence,
  deliveryMet,
  deliverySent,
  itemRewritten,
  itemsObserved,
  threadAppeared,
} from '../../test/helpers/learned.js';
import type { ConversationItem, ConversationPart } from '../model/conversation.js';
import { agentDeliveries } from './agent-deliveries.js';

const route = { author: '/root', recipient: '/root/child' };
const mail = (ordinal: number, fields: Partial<ConversationItem> = {}): ConversationItem =>
  itemRow(ordinal, {
    thread_id: 'T2',
    role: 'assistant',
    agent_message: route,
    body: { parts: [text('hello')] },
    ...fields,
  });
const seen = (...fresh: readonly ConversationItem[]) => itemsObserved({ thread_id: 'T2', fresh });
const to = (ordinal: number) =>
  ({ type: 'conversation_item', item_id: `conversation_item:${ordinal}` }) as const;

const sent = deliverySent();
const spawn = deliverySent({ edge_id: 'edge:spawn', kind: 'spawn_agent', fallback_thread_id: 'T2' });
const child = givenGate(agentDeliveries).after(
  threadAppeared({ thread_id: 'T2', agent_path: '/root/child' }),
);
const givenUp = (entity: string, since = at()) =>
  unresolved({
    kind: 'agent_delivery',
    entity,
    waitsFor: 'a message from /root in thread T2',
    source: sent.source,
    thread_id: 'T2',
    since,
  });

describe('the gate before edges', () => {
  it('lets a delivery meet the item that was there before', () => {
    child
      .after(seen(mail(1)))
      .when(sent)
      .thenSends(deliveryMet({ target: to(1) }));
  });

  it('holds a delivery until its message shows in the conversation of the recipient', () => {
    child.when(sent).thenHolds();
    const shown = seen(mail(7));
    child
      .after(sent)
      .when(shown)
      .thenSends(shown, deliveryMet({ target: to(7) }));
  });

  it('lets begin and end of a delivery wait together', () => {
    const end = deliverySent({ ended_at_unix_ms: 1020, seq: 2 });
    const shown = seen(mail(1));
    child
      .after(sent, end)
      .when(shown)
      .thenSends(shown, deliveryMet({ target: to(1) }), { ...end, type: 'delivery_met', target: to(1) });
  });

  it('meets items in the order in which they were seen, each once', () => {
    const other = deliverySent({ edge_id: 'edge:other' });
    const third = deliverySent({ edge_id: 'edge:third' });
    child
      .after(seen(mail(1), mail(2)))
      .when(other, sent, third)
      .thenSends(deliveryMet({ edge_id: 'edge:other', target: to(1) }), deliveryMet({ target: to(2) }));
  });

  it('gives a new item to the delivery that has waited longest', () => {
    const shown = seen(mail(1));
    child
      .after(sent, deliverySent({ edge_id: 'edge:other', seq: 2 }))
      .when(shown)
      .thenSends(shown, deliveryMet({ target: to(1) }));
  });

  it('holds the end of a tool whose message was met since its begin', () => {
    child
      .after(sent, seen(mail(1)))
      .when(deliverySent({ ended_at_unix_ms: 1020 }))
      .thenHolds();
  });

  it('reports deliveries of one edge that do not agree, and keeps the first', () => {
    const shown = seen(mail(1));
    const other = deliverySent({ content: 'bye' });
    child.after(sent).when(other).thenReports('edge_conflict');
    child
      .after(sent, other)
      .when(shown)
      .thenSends(shown, deliveryMet({ target: to(1) }));
  });
});

describe('mail', () => {
  it.each<[string, readonly ConversationPart[]]>([
    ['a text', [text('hello')]],
    ['an encrypted text', [encoded('hello')]],
    ['a text with its encrypted form', [text('preview'), encoded('hello')]],
  ])('may be %s', (_what, parts) => {
    child
      .after(seen(mail(1, { body: { parts } })))
      .when(sent)
      .thenSends(deliveryMet({ target: to(1) }));
  });

  it('may be JSON in a message', () => {
    const words = mailText('/root', '/root/child', 'hello');
    const item = itemRow(1, { thread_id: 'T2', role: 'assistant', body: { parts: [text(words)] } });
    child
      .after(seen(item))
      .when(sent)
      .thenSends(deliveryMet({ target: to(1) }));
  });

  it.each<[string, ConversationItem]>([
    ['in another thread', mail(1, { thread_id: 'T1' })],
    ['from another author', mail(1, { agent_message: { ...route, author: '/root/other' } })],
    ['to another agent', mail(1, { agent_message: { ...route, recipient: '/root' } })],
    ['with other words', mail(1, { body: { parts: [text('hallo')] } })],
  ])('%s is not met', (_what, item) => {
    child.after(seen(item)).when(sent).thenHolds();
  });
});

describe('mail that is rewritten', () => {
  const draft = mail(1, { body: { parts: [text('draft')] } });
  const final = itemRewritten({ row: mail(1) });

  it('meets the delivery that waits for its new words', () => {
    child
      .after(sent, seen(draft))
      .when(final)
      .thenSends(final, deliveryMet({ target: to(1) }));
  });

  it('meets a later delivery by its new words, and by its old ones none', () => {
    const rewritten = child.after(seen(draft), final);
    rewritten.when(sent).thenSends(deliveryMet({ target: to(1) }));
    rewritten.when(deliverySent({ content: 'draft' })).thenHolds();
  });

  it('meets none where it was met before', () => {
    const met = child.after(deliverySent({ edge_id: 'edge:draft', content: 'draft' }), seen(draft));
    met.after(sent).when(final).thenSends(final);
    met.after(final).when(sent).thenHolds();
  });

  it('meets one delivery', () => {
    child
      .after(sent, seen(draft), final)
      .when(deliverySent({ edge_id: 'edge:other' }))
      .thenHolds();
  });

  it('stands where it was made among mail that says the same', () => {
    child
      .after(seen(draft), seen(mail(2)), seen(mail(10)), final)
      .when(sent, deliverySent({ edge_id: 'edge:other' }), deliverySent({ edge_id: 'edge:third' }))
      .thenSends(
        deliveryMet({ target: to(1) }),
        deliveryMet({ edge_id: 'edge:other', target: to(2) }),
        deliveryMet({ edge_id: 'edge:third', target: to(10) }),
      );
  });

  it('that was no mail stays none', () => {
    const words = itemRow(1, { thread_id: 'T2' });
    child
      .after(seen(words))
      .when(itemRewritten({ row: words }))
      .thenSends(itemRewritten({ row: words }));
  });
});

describe('the end of the log', () => {
  const fallen = deliveryMet({ ...spawn, target: { type: 'thread', thread_id: 'T2' } });

  it("points a spawn at the child's thread when its message never shows", () => {
    child.after(spawn).atEnd().thenSends(fallen);
  });

  it('lets evidence fall back with its spawn', () => {
    child
      .after(spawn, deliveryEvidence())
      .atEnd()
      .thenSends(fallen, deliveryEvidence({ edge_id: 'edge:spawn' }));
  });

  it('gives up a spawn whose thread never appeared', () => {
    givenGate(agentDeliveries).after(spawn).atEnd().thenSends(givenUp('edge:spawn'));
  });

  it('drops an unmet delivery', () => {
    child.after(sent).atEnd().thenSends(givenUp('edge:tool:X1'));
  });
});

describe('evidence', () => {
  const evidence = deliveryEvidence();

  it('passes where its tool waits for nothing', () => {
    child.when(evidence).thenSends(evidence);
  });

  it('waits with the delivery of its tool', () => {
    const shown = seen(mail(1));
    child.after(sent).when(evidence).thenHolds();
    child
      .after(sent, evidence)
      .when(shown)
      .thenSends(shown, deliveryMet({ target: to(1) }), deliveryEvidence({ edge_id: 'edge:tool:X1' }));
  });

  it('passes once its tool has an edge, even while another delivery of it waits', () => {
    child
      .after(sent, seen(mail(1)), sent)
      .when(evidence)
      .thenSends(evidence);
    child.after(agentClosed(), sent).when(evidence).thenSends(evidence);
  });

  it('does not wait for the result of an agent, which no tool sends', () => {
    const result = deliverySent({ source: { type: 'thread', thread_id: 'T2' } });
    child.after(result).when(evidence).thenSends(evidence);
  });
});

describe('a closing', () => {
  it('waits for nothing', () => {
    child.when(agentClosed()).thenSends(agentClosed());
  });
});
