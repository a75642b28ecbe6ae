import * as z from 'zod/mini';
import type { PayloadBody } from '../bundle/payload.js';
import { field, stringField } from '../json/access.js';
import type { AgentPath, EdgeId, ThreadId } from '../model/ids.js';
import type { AgentThread } from '../model/session.js';
import { optional } from '../model/wire.js';
import { readTyped, type Typed } from '../serde/typed.js';

/** What a session says of itself when its thread starts. */
const sessionMetadataSchema = z.object({
  agent_path: optional(z.string()),
  task_name: optional(z.string()),
  nickname: optional(z.string()),
  agent_role: optional(z.string()),
  model: optional(z.string()),
  session_source: z.optional(z.unknown()),
});
type SessionMetadata = z.infer<typeof sessionMetadataSchema>;

export const readSessionMetadata = (body: PayloadBody): Typed<SessionMetadata> =>
  readTyped(sessionMetadataSchema, body);

export type ThreadIdentity = Pick<AgentThread, 'agent_path' | 'nickname' | 'origin' | 'default_model'>;

/**
 * Who a thread is. The spawn record in its session source outranks the metadata, which outranks the
 * path of the event. A thread is spawned when that record names a parent.
 */
export const threadIdentity = (
  thread: ThreadId,
  eventPath: AgentPath,
  metadata: SessionMetadata | null,
): ThreadIdentity => {
  const spawn = field(field(metadata?.session_source, 'subagent'), 'thread_spawn');
  const parent = stringField(spawn, 'parent_thread_id');
  const metadataPath = metadata?.agent_path ?? undefined;
  const known = {
    nickname: metadata?.nickname ?? null,
    default_model: metadata?.model ?? null,
  };
  if (parent === undefined) {
    return { agent_path: metadataPath ?? eventPath, ...known, origin: { type: 'root' } };
  }
  const agent_path = stringField(spawn, 'agent_path') ?? metadataPath ?? eventPath;
  return {
    agent_path,
    ...known,
    origin: {
      type: 'spawned',
      parent_thread_id: parent,
      spawn_edge_id: spawnEdgeId(parent, thread),
      task_name: stringField(spawn, 'task_name') ?? metadata?.task_name ?? lastSegment(agent_path),
      agent_role: stringField(spawn, 'agent_role') ?? metadata?.agent_role ?? '',
    },
  };
};

/** The edge by which a parent spawned a child. */
export const spawnEdgeId = (parent: ThreadId, child: ThreadId): EdgeId => `edge:spawn:${parent}:${child}`;

const lastSegment = (path: AgentPath): string => path.split('/').findLast((part) => part !== '') ?? path;
