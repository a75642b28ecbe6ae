import type { z } from 'zod';
import type { ConversationItem } from '../model/conversation.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import type { ModelItem } from '../payloads/model-items/model-item.js';

/**
 * Everything that a schema of the recording decides in its own way. Projections take the rules as a
 * parameter and never ask for a version; a new schema is a new object of this type.
 */
export interface SchemaRules {
  readonly version: number;
  /** One line of the log. */
  readonly event: z.ZodType<RawTraceEvent>;
  /** Whether an item of a payload is an item that was seen before. */
  readonly isSameItem: (known: ConversationItem, incoming: ModelItem) => boolean;
  /** Kinds whose call id may not come back with other content. */
  readonly callIdIsUnique: (kind: ConversationItem['kind']) => boolean;
  /** Order of item ids that are gathered from the table, not collected as they come. */
  readonly gatherItems: (ids: readonly string[]) => string[];
}
