import { compareUtf8 } from '../json/order.js';
import { rawTraceEventSchema } from '../model/envelope.js';
import { isSameModelItem } from '../payloads/model-items/identity.js';
import type { SchemaRules } from './rules.js';

/** The recordings of Codex 0.125 to 0.160, reduced as 0.160.0 does. */
export const schema1: SchemaRules = {
  version: 1,
  event: rawTraceEventSchema,
  isSameItem: isSameModelItem,
  callIdIsUnique: () => true,
  gatherItems: (ids) => ids.toSorted(compareUtf8),
};
