import * as z from 'zod/mini';
import { rawPayloadRefSchema } from './payload-ref.js';
import { toolCallKindSchema } from './tool-kind.js';
import { optional } from './wire.js';
import { commonEvents, event } from './common-events.js';

const id = z.string();

/** The events of Codex 0.166 and later. */
export const schema2Events = [
  ...commonEvents,
  /** The last event of a log that is complete. */
  event('recording_completed', {}),
  /** A thread that had ended goes on. */
  event('thread_resumed', { thread_id: id }),
  /** An item is part of the history of the envelope's thread now. May come before the item was seen. */
  event('history_item_accepted', {
    /** The provider's id of the item. */
    item_id: id,
    /** The item itself, where it is a message of another agent that was delivered. */
    agent_message_payload: optional(rawPayloadRefSchema),
  }),
  /** The runtime found the command that a write to a terminal belongs to. */
  event('stdin_target_resolved', {
    /** The write. */
    tool_call_id: id,
    exec_tool_call_id: id,
  }),
  event('tool_call_runtime_started', {
    tool_call_id: id,
    /** What the tool turned out to be, which the start may not have known. */
    kind: toolCallKindSchema,
    runtime_payload: rawPayloadRefSchema,
  }),
] as const;
