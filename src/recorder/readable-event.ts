import { codeCellStatuses, executionStatuses, rolloutStatuses } from '../model/execution.js';
import type { RawEventBody, RawEventType } from '../model/raw-event.js';
import type { ToolCallKind } from '../model/tool-kind.js';

/**
 * Looks at all that an event has from the host besides its payload: one field of another type, and readers refuse the
 * whole recording.
 *
 * @throws a TypeError that names the field.
 */
export const requireReadable = (event: RawEventBody): void => {
  requireTexts(event, mayBeNull[event.type] ?? []);
  if ('status' in event) requireOneOf(statuses[event.type], event.status);
  if (event.type !== 'other' && 'kind' in event) requireKind(event.kind);
};

const requireTexts = (object: object, optional: readonly string[]): void => {
  for (const field of Object.keys(object)) {
    const value: unknown = Reflect.get(object, field);
    // References to payloads are the recorder's own.
    if (typeof value === 'string' || field.endsWith('_payload')) continue;
    if (value === null && optional.includes(field)) continue;
    if (typeof value !== 'object' || value === null || !parts.has(field)) {
      throw new TypeError(`${field} is no string`);
    }
    requireTexts(value, optional);
  }
};

const parts: ReadonlySet<string> = new Set(['kind', 'summary', 'requester']);

const ofRequest = ['response_id', 'upstream_request_id'];

/** What a host may leave out, as it stands in the event. */
const mayBeNull: { readonly [T in RawEventType]?: readonly string[] } = {
  inference_completed: ofRequest,
  inference_failed: ofRequest,
  inference_cancelled: ofRequest,
  tool_call_started: [
    'model_visible_call_id',
    'code_mode_runtime_tool_id',
    'input_preview',
    'output_preview',
  ],
};

const statuses: {
  readonly [T in Extract<RawEventBody, { readonly status: string }>['type']]: readonly string[];
} = {
  rollout_ended: rolloutStatuses,
  thread_ended: rolloutStatuses,
  codex_turn_ended: executionStatuses,
  tool_call_runtime_ended: executionStatuses,
  tool_call_ended: executionStatuses,
  code_cell_initial_response: codeCellStatuses,
  code_cell_ended: codeCellStatuses,
};

const requireOneOf = (known: readonly string[], status: string): void => {
  if (!known.includes(status))
    throw new TypeError(`${status} is no status, but one of ${known.join(', ')} is`);
};

const requireKind = (kind: ToolCallKind): void => {
  const isKnown = Object.hasOwn(fieldsOfKinds, kind.type);
  if (!isKnown || !fieldsOfKinds[kind.type].every((field) => Object.hasOwn(kind, field))) {
    throw new TypeError(`${kind.type} is no kind of tool, or lacks what belongs to it`);
  }
};

const fieldsOfKinds: Readonly<Record<ToolCallKind['type'], readonly string[]>> = {
  exec_command: [],
  write_stdin: [],
  apply_patch: [],
  mcp: ['server', 'tool'],
  web: [],
  image_generation: [],
  spawn_agent: [],
  assign_agent_task: [],
  send_message: [],
  wait_agent: [],
  close_agent: [],
  other: ['name'],
};
