import { stringField } from '../../json/access.js';
import { contentSha256 } from './content-hash.js';
import type { ItemForm } from './model-item.js';
import { payloadRefPart } from './parts.js';

/** Items have no ids of their own, and content that is no text is known by the payload that holds it. */
export const anonymousItems: ItemForm = {
  idOf: () => null,
  contentRef: payloadRefPart,
  emptyContent: (source) => [payloadRefPart('empty_content', source)],
};

/** Items have ids, and content that is no text is known by its hash, whatever payload repeats it. */
export const identifiedItems: ItemForm = {
  idOf: (item) => stringField(item, 'id') ?? null,
  contentRef: (label, { raw_payload_id }, text) => ({
    type: 'payload_ref',
    label,
    raw_payload_id,
    content_sha256: contentSha256(text()),
  }),
  emptyContent: () => [],
};
