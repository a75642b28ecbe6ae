import type { ExecutionWindow, TableName, TerminalOperation, TraceAnchor, TraceRows } from 'rollout-trace';
import type { Block, Fact, Link, Told } from './detail.js';
import { itemTitle, operationLine, toolLine, toolName } from './labels.js';
import { producerOf } from './conversation.js';
import type { Moment } from './moment.js';

type Teller = (moment: Moment, id: string) => Told | undefined;

const link = (table: TableName, id: string, label = id): Link => ({ ref: { table, id }, label });

const links = (title: string, list: readonly (Link | null)[]): readonly Block[] => {
  const known = list.filter((each) => each !== null);
  return known.length === 0 ? [] : [{ type: 'links', title, links: known }];
};

const items = (title: string, ids: readonly string[]): readonly Block[] =>
  ids.length === 0 ? [] : [{ type: 'items', title, ids }];

const facts = (...pairs: readonly (readonly [label: string, value: unknown])[]): readonly Fact[] =>
  pairs.flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value: String(value) }],
  );

const windowFacts = (window: ExecutionWindow): readonly Fact[] => {
  const { started_at_unix_ms: started, ended_at_unix_ms: ended, started_seq, ended_seq } = window;
  return facts(
    ['started', `${new Date(Number(started)).toISOString()} · seq ${started_seq}`],
    ['ended', ended === null ? null : `${new Date(Number(ended)).toISOString()} · seq ${ended_seq}`],
    ['took', ended === null ? null : `${Number(ended) - Number(started)} ms`],
  );
};

const terminalBlock = (operation: TerminalOperation, title: string): Block => {
  const { request, result } = operation;
  const output = result
    ? (result.formatted_output ?? [result.stdout, result.stderr].filter(Boolean).join('\n'))
    : '';
  return {
    type: 'terminal',
    title,
    command: request.type === 'exec_command' ? request.display_command : operationLine(operation),
    cwd: request.type === 'exec_command' ? request.cwd : null,
    output,
    exitCode: result?.exit_code === null || result === null ? null : String(result.exit_code),
  };
};

const anchorLink = (anchor: TraceAnchor): Link => {
  switch (anchor.type) {
    case 'thread':
      return link('threads', anchor.thread_id);
    case 'tool_call':
      return link('tool_calls', anchor.tool_call_id);
    case 'conversation_item':
      return link('conversation_items', anchor.item_id);
  }
};

/** Edges that begin or end at something. */
const edgesAt = ({ trace }: Moment, type: TraceAnchor['type'], id: string): readonly Link[] =>
  [...trace.interaction_edges].flatMap(([edge, { kind, source, target }]) =>
    [source, target].some((anchor) => anchor.type === type && anchorLink(anchor).ref.id === id)
      ? [link('interaction_edges', edge, `${kind.replaceAll('_', ' ')} ${edge}`)]
      : [],
  );

const threadLink = ({ trace }: Moment, id: string): Link =>
  link('threads', id, trace.threads.get(id)?.agent_path ?? id);

export const details: { readonly [T in TableName]: Teller } = {
  threads: (moment, id) => {
    const row = moment.trace.threads.get(id);
    if (!row) return undefined;
    const { origin } = row;
    const spawned = origin.type === 'spawned' ? origin : undefined;
    return {
      title: row.agent_path,
      subtitle: row.nickname ?? 'agent',
      status: row.execution.status,
      thread: id,
      facts: [
        ...facts(['model', row.default_model], ['role', spawned?.agent_role], ['task', spawned?.task_name]),
        ...windowFacts(row.execution),
      ],
      saw: items(`${row.conversation_item_ids.length} items`, row.conversation_item_ids.slice(0, 20)),
      did: [
        ...links('spawned by', [
          spawned ? threadLink(moment, spawned.parent_thread_id) : null,
          spawned && moment.trace.interaction_edges.has(spawned.spawn_edge_id)
            ? link('interaction_edges', spawned.spawn_edge_id)
            : null,
        ]),
        ...links('edges', edgesAt(moment, 'thread', id)),
        ...links(
          'turns',
          [...moment.trace.codex_turns].flatMap(([turn, { thread_id }]) =>
            thread_id === id ? [link('codex_turns', turn)] : [],
          ),
        ),
      ],
      payloadIds: [],
    };
  },
  codex_turns: (moment, id) => {
    const row = moment.trace.codex_turns.get(id);
    if (!row) return undefined;
    const { trace } = moment;
    const own = [...trace.conversation_items].flatMap(([item, { codex_turn_id, thread_id }]) =>
      codex_turn_id === id && thread_id === row.thread_id ? [item] : [],
    );
    return {
      title: 'turn',
      subtitle: id,
      status: row.execution.status,
      thread: row.thread_id,
      facts: windowFacts(row.execution),
      saw: items('items that came in', own),
      did: [
        ...links('thread', [threadLink(moment, row.thread_id)]),
        ...links(
          'requests',
          [...trace.inference_calls].flatMap(([call, { codex_turn_id }]) =>
            codex_turn_id === id ? [link('inference_calls', call)] : [],
          ),
        ),
        ...links(
          'tools',
          [...trace.tool_calls].flatMap(([call, tool]) =>
            tool.started_by_codex_turn_id === id
              ? [link('tool_calls', call, `${toolName(tool.kind)} ${toolLine(trace, tool)}`)]
              : [],
          ),
        ),
      ],
      payloadIds: [],
    };
  },
  conversation_items: (moment, id) => {
    const row = moment.trace.conversation_items.get(id);
    if (!row) return undefined;
    const { trace } = moment;
    const shownBy = [...trace.inference_calls].filter(([, call]) => call.request_item_ids.includes(id));
    return {
      title: itemTitle(row),
      subtitle: id,
      status: null,
      thread: row.thread_id,
      facts: facts(
        ['role', row.role],
        ['channel', row.channel],
        ['call', row.call_id],
        ['first seen', new Date(Number(row.first_seen_at_unix_ms)).toISOString()],
        ['author', row.agent_message?.author],
        ['recipient', row.agent_message?.recipient],
        ['in requests', shownBy.length],
      ),
      saw: items('the item', [id]),
      did: [
        ...links(
          'produced by',
          row.produced_by.map((producer) => {
            const { ref, label } = producerOf(moment, producer);
            return link(ref.table, ref.id, `${label} ${ref.id}`);
          }),
        ),
        ...links(
          'tool of this call',
          row.call_id === null
            ? []
            : [...trace.tool_calls].flatMap(([call, tool]) =>
                tool.model_visible_call_id === row.call_id && tool.thread_id === row.thread_id
                  ? [link('tool_calls', call, `${toolName(tool.kind)} ${toolLine(trace, tool)}`)]
                  : [],
              ),
        ),
        ...links('edges', edgesAt(moment, 'conversation_item', id)),
        ...links(
          'first and last request that showed it',
          [...shownBy.slice(0, 1), ...shownBy.slice(1).slice(-1)].map(([call]) =>
            link('inference_calls', call),
          ),
        ),
        ...links('thread', [threadLink(moment, row.thread_id)]),
      ],
      payloadIds: row.body.parts.map((part) => ('raw_payload_id' in part ? part.raw_payload_id : null)),
    };
  },
  inference_calls: (moment, id) => {
    const row = moment.trace.inference_calls.get(id);
    if (!row) return undefined;
    const { usage } = row;
    return {
      title: `request to ${row.model}`,
      subtitle: id,
      status: row.execution.status,
      thread: row.thread_id,
      facts: [
        ...facts(
          ['provider', row.provider_name],
          ['response', row.response_id],
          ['transport request', row.upstream_request_id],
          ['tokens in', usage && `${usage.input_tokens} (${usage.cached_input_tokens} cached)`],
          ['tokens out', usage && `${usage.output_tokens} (${usage.reasoning_output_tokens} reasoning)`],
        ),
        ...windowFacts(row.execution),
      ],
      saw: [
        ...items(`the response: ${row.response_item_ids.length} items`, row.response_item_ids),
        ...items(
          `the request: ${row.request_item_ids.length} items, the newest first`,
          row.request_item_ids.toReversed().slice(0, 50),
        ),
      ],
      did: [
        ...links(
          'tools that the response started',
          row.tool_call_ids_started_by_response.map((call) => {
            const tool = moment.trace.tool_calls.get(call);
            return link(
              'tool_calls',
              call,
              tool ? `${toolName(tool.kind)} ${toolLine(moment.trace, tool)}` : call,
            );
          }),
        ),
        ...links('turn', [link('codex_turns', row.codex_turn_id)]),
        ...links('thread', [threadLink(moment, row.thread_id)]),
      ],
      payloadIds: [row.raw_request_payload_id, row.raw_response_payload_id],
    };
  },
  code_cells: (moment, id) => {
    const row = moment.trace.code_cells.get(id);
    if (!row) return undefined;
    const { trace } = moment;
    const call = (tool: string): Link => {
      const found = trace.tool_calls.get(tool);
      return link('tool_calls', tool, found ? `${toolName(found.kind)} ${toolLine(trace, found)}` : tool);
    };
    return {
      title: 'code cell',
      subtitle: id,
      status: row.runtime_status,
      thread: row.thread_id,
      facts: [
        ...facts(['handle', row.runtime_cell_id], ['call', row.model_visible_call_id]),
        ...windowFacts(row.execution),
      ],
      saw: [...items('the source', [row.source_item_id]), ...items('what came back', row.output_item_ids)],
      did: [
        { type: 'code', title: 'JavaScript', language: 'javascript', text: row.source_js },
        ...links('tools that it called', row.nested_tool_call_ids.map(call)),
        ...links('calls that waited for it', row.wait_tool_call_ids.map(call)),
        ...links('turn', [link('codex_turns', row.codex_turn_id)]),
        ...links('thread', [threadLink(moment, row.thread_id)]),
      ],
      payloadIds: trace.schema_version === 2 ? responsesOf(trace.code_cells.get(id)) : [],
    };
  },
  tool_calls: (moment, id) => {
    const row = moment.trace.tool_calls.get(id);
    if (!row) return undefined;
    const { trace } = moment;
    const operation = trace.terminal_operations.get(row.terminal_operation_id ?? '');
    const { requester, summary } = row;
    return {
      title: toolName(row.kind),
      subtitle: toolLine(trace, row),
      status: row.execution.status,
      thread: row.thread_id,
      facts: [
        ...facts(
          ['asked by', requester.type],
          ['call', row.model_visible_call_id],
          ['MCP call', row.mcp_call_id],
        ),
        ...windowFacts(row.execution),
      ],
      saw: [
        ...items('the call', row.model_visible_call_item_ids),
        ...items('the output', row.model_visible_output_item_ids),
        ...(row.model_visible_output_item_ids.length === 0 && requester.type === 'code_cell'
          ? links('its result went to JavaScript', [link('code_cells', requester.code_cell_id)])
          : []),
      ],
      did: [
        ...(operation ? [terminalBlock(operation, 'command')] : []),
        ...(summary.type === 'agent'
          ? [
              {
                type: 'text',
                title: `to ${summary.target_agent_path}`,
                text: summary.message_preview,
              } as const,
            ]
          : []),
        ...(summary.type === 'generic' && summary.input_preview !== null
          ? [{ type: 'text', title: 'input', text: summary.input_preview } as const]
          : []),
        ...(summary.type === 'generic' && summary.output_preview !== null
          ? [{ type: 'text', title: 'output', text: summary.output_preview } as const]
          : []),
        ...links(
          'asked by',
          requester.type === 'code_cell'
            ? [link('code_cells', requester.code_cell_id)]
            : [
                ...[...trace.inference_calls].flatMap(([call, { tool_call_ids_started_by_response }]) =>
                  tool_call_ids_started_by_response.includes(id) ? [link('inference_calls', call)] : [],
                ),
              ],
        ),
        ...links('terminal', [
          operation ? link('terminal_operations', operation.operation_id) : null,
          operation?.terminal_id ? link('terminal_sessions', operation.terminal_id) : null,
        ]),
        ...links('edges', edgesAt(moment, 'tool_call', id)),
        ...links('thread', [threadLink(moment, row.thread_id)]),
      ],
      payloadIds: [row.raw_invocation_payload_id, row.raw_result_payload_id, ...row.raw_runtime_payload_ids],
    };
  },
  terminal_sessions: (moment, id) => {
    const row = moment.trace.terminal_sessions.get(id);
    if (!row) return undefined;
    const operations = row.operation_ids.flatMap((each) => moment.trace.terminal_operations.get(each) ?? []);
    return {
      title: 'terminal',
      subtitle: id,
      status: row.execution.status,
      thread: row.thread_id,
      facts: [...facts(['operations', operations.length]), ...windowFacts(row.execution)],
      saw: operations.flatMap(({ model_observations }) =>
        items(
          'output',
          model_observations.flatMap(({ output_item_ids }) => output_item_ids),
        ),
      ),
      did: [
        ...operations.map((operation) => terminalBlock(operation, operation.kind.replaceAll('_', ' '))),
        ...links(
          'operations',
          operations.map((operation) =>
            link('terminal_operations', operation.operation_id, operationLine(operation)),
          ),
        ),
      ],
      payloadIds: operations.flatMap(({ raw_payload_ids }) => raw_payload_ids),
    };
  },
  terminal_operations: (moment, id) => {
    const row = moment.trace.terminal_operations.get(id);
    if (!row) return undefined;
    return {
      title: row.kind.replaceAll('_', ' '),
      subtitle: operationLine(row),
      status: row.execution.status,
      thread: moment.trace.tool_calls.get(row.tool_call_id)?.thread_id ?? null,
      facts: windowFacts(row.execution),
      saw: row.model_observations.flatMap(({ call_item_ids, output_item_ids }) => [
        ...items('the call', call_item_ids),
        ...items('the output', output_item_ids),
      ]),
      did: [
        terminalBlock(row, 'terminal'),
        ...links('belongs to', [
          link('tool_calls', row.tool_call_id),
          row.terminal_id === null ? null : link('terminal_sessions', row.terminal_id),
        ]),
      ],
      payloadIds: row.raw_payload_ids,
    };
  },
  compactions: (moment, id) => {
    const row = moment.trace.compactions.get(id);
    if (!row) return undefined;
    return {
      title: 'compaction',
      subtitle: id,
      status: null,
      thread: row.thread_id,
      facts: facts(
        ['installed', new Date(Number(row.installed_at_unix_ms)).toISOString()],
        ['items before', row.input_item_ids.length],
        ['items after', row.replacement_item_ids.length],
      ),
      saw: [
        ...items('what stood after it', row.replacement_item_ids.slice(0, 50)),
        ...items('what stood before it, the newest first', row.input_item_ids.toReversed().slice(0, 50)),
      ],
      did: [
        ...links(
          'requests',
          row.request_ids.map((request) => link('compaction_requests', request)),
        ),
        ...links('turn', [link('codex_turns', row.codex_turn_id)]),
        ...links('thread', [threadLink(moment, row.thread_id)]),
      ],
      payloadIds: row.request_ids.flatMap((request) => {
        const found = moment.trace.compaction_requests.get(request);
        return found ? [found.raw_request_payload_id, found.raw_response_payload_id] : [];
      }),
    };
  },
  compaction_requests: (moment, id) => {
    const row = moment.trace.compaction_requests.get(id);
    if (!row) return undefined;
    return {
      title: 'compaction request',
      subtitle: row.model,
      status: row.execution.status,
      thread: row.thread_id,
      facts: [...facts(['provider', row.provider_name]), ...windowFacts(row.execution)],
      saw: [],
      did: links('compaction', [link('compactions', row.compaction_id)]),
      payloadIds: [row.raw_request_payload_id, row.raw_response_payload_id],
    };
  },
  interaction_edges: (moment, id) => {
    const row = moment.trace.interaction_edges.get(id);
    if (!row) return undefined;
    return {
      title: row.kind.replaceAll('_', ' '),
      subtitle: id,
      status: null,
      thread: null,
      facts: facts(
        ['started', new Date(Number(row.started_at_unix_ms)).toISOString()],
        [
          'arrived',
          row.ended_at_unix_ms === null ? null : new Date(Number(row.ended_at_unix_ms)).toISOString(),
        ],
      ),
      saw: items('what it carried', row.carried_item_ids),
      did: [...links('from', [anchorLink(row.source)]), ...links('to', [anchorLink(row.target)])],
      payloadIds: row.carried_raw_payload_ids,
    };
  },
  raw_payloads: (moment, id) => {
    const row = moment.trace.raw_payloads.get(id);
    if (!row) return undefined;
    return {
      title: row.kind.type.replaceAll('_', ' '),
      subtitle: row.path,
      status: null,
      thread: null,
      facts: facts(['path', row.path], ['bytes', moment.payloads.size(row.path)]),
      saw: [],
      did: links('objects of its event', objectsNaming(moment, id)),
      payloadIds: [id],
    };
  },
};

/** The evidence that schema 2 keeps of a cell. */
const responsesOf = (cell: TraceRows<2>['code_cells'] | undefined): readonly (string | null)[] =>
  cell ? [cell.raw_initial_response_payload_id, cell.raw_result_payload_id] : [];

/** Objects that the events name which name a payload. */
const objectsNaming = ({ trace, events }: Moment, payload: string): readonly Link[] => {
  const ids = new Set(events.naming(payload).flatMap((number) => events.brief(number)?.ids ?? []));
  const tables = [
    'inference_calls',
    'tool_calls',
    'compaction_requests',
    'compactions',
    'codex_turns',
    'threads',
  ] as const;
  return [...ids].flatMap((id) => {
    const table = tables.find((name) => trace[name].has(id));
    return table ? [link(table, id)] : [];
  });
};
