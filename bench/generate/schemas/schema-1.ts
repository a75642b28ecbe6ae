import { historyItem, message } from '../history.js';
import { INCLUDED, requestAround, type RequestBase, TOOL_USE } from '../requests.js';
import { processCommand, processIds } from '../tools.js';
import {
  type AgentDialect,
  type CellDialect,
  cellState,
  type Dialect,
  type ItemDialect,
  type RequestDialect,
  type Spawn,
  type ToolDialect,
} from './dialect.js';

/** Schema 1 as Codex 0.160 writes it: items without ids, cells without a tool call of their own. */
export function schema1(base: RequestBase): Dialect {
  return {
    items,
    requests: requests(base),
    tools,
    cells,
    agents,
    startsEarly: () => true,
    endRecording: () => undefined,
  };
}

const items: ItemDialect = {
  item: (fields) => historyItem(fields),
  renewed: (item) => item,
  accepted: () => undefined,
};

function requests({ instructions, tools: definitions, cacheKey }: RequestBase): RequestDialect {
  const model = 'gpt-5';
  const rest = {
    tools: definitions,
    ...TOOL_USE,
    reasoning: { effort: 'medium', summary: 'auto' },
    store: false,
    stream: true,
    include: INCLUDED,
    prompt_cache_key: cacheKey,
  };
  const full = requestAround({ model, instructions }, rest);
  return {
    preamble: () => [],
    full,
    compaction: full,
    incremental: (previousResponseId) => {
      const head = { type: 'response.create', model, previous_response_id: previousResponseId };
      return requestAround(head, { store: false, stream: true });
    },
    compacted: (kept, summary) => [...kept, summary],
  };
}

const tools: ToolDialect = {
  runtimeStart: () => ({}),
  processStarted: (process) => ({ ...processIds(process), ...processCommand(process) }),
  processEnded: (process, output, nanos) => ({
    ...processIds(process),
    ...processCommand(process),
    stdout: output,
    stderr: '',
    aggregated_output: output,
    exit_code: 0,
    duration: { secs: 0, nanos },
    formatted_output: output,
    status: 'completed',
  }),
  stdinTarget: () => undefined,
};

const cells: CellDialect = {
  tool: () => undefined,
  response: (report) => ({
    type: 'result',
    content_items: [{ type: 'input_text', text: cells.shown(report) }],
  }),
  result: () => null,
  shown: (report) => `${cellState(report)}\nOutput:\n${report.text()}`,
};

const agents: AgentDialect = {
  namespace: null,
  spawnStarted,
  spawnEnded: (spawn) => ({
    ...spawnStarted(spawn),
    new_thread_id: spawn.childThreadId,
    new_agent_nickname: 'Ada',
    new_agent_role: 'explorer',
    status: 'running',
  }),
  // An assistant message whose text is the envelope as JSON.
  letter: ({ author, recipient, text }) => {
    const envelope = { author, recipient, other_recipients: [], content: text, trigger_turn: true };
    return message('assistant', JSON.stringify(envelope), 'commentary');
  },
  answer: ({ text }) => text,
};

function spawnStarted({ callId, parentThreadId, prompt, startedAt }: Spawn) {
  return {
    call_id: callId,
    started_at_ms: startedAt,
    completed_at_ms: startedAt,
    sender_thread_id: parentThreadId,
    prompt,
    model: 'gpt-5',
    reasoning_effort: 'medium',
  };
}
