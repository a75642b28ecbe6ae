import { describe, expect, it } from 'vitest';
import { anonymousItems } from './item-forms.js';
import { itemPart } from './parts.js';

const passthrough = '"internal_chat_message_metadata_passthrough":{"turn":1}';
const shown = (text: string): unknown =>
  itemPart({ raw_payload_id: 'P1', form: anonymousItems, text: () => text });

describe('an item that is shown as JSON', () => {
  it.each([
    [`{"type":"t",${passthrough},"a":1,"b":2,"c":3}`, '{"type":"t","c":3,"a":1,"b":2}'],
    [`{"type":"t","a":1,${passthrough}}`, '{"type":"t","a":1}'],
    [
      `{"type":"t","a":{${passthrough}}}`,
      '{"type":"t","a":{"internal_chat_message_metadata_passthrough":{"turn":1}}}',
    ],
    ['{"type":"t","a":1}', '{"type":"t","a":1}'],
  ])('leaves out the bookkeeping of the recorder, whose place the last key takes: %s', (text, summary) => {
    expect(shown(text)).toEqual({ type: 'json', summary, raw_payload_id: 'P1' });
  });
});
