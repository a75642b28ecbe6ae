import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { recordRollout } from '../../src/recorder/index.js';
import { assistantMessage, codeCall, functionOutput, letter, userMessage } from './items.js';
import { bundlesIn, graphOf, recorded, traceRoot } from './trace-root.js';

const ask = userMessage('ask', 'What time is it?');
const answer = assistantMessage('answer', 'Noon.');
const usage = { input_tokens: 9, cached_input_tokens: 1, output_tokens: 3, reasoning_output_tokens: 0 };
const model = { model: 'm', provider: 'p' };

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/.source;

describe('a recording', () => {
  it('lies in a folder of its own, under the names of its session', async () => {
    const folder = traceRoot();
    const root = recordRollout({ traceRoot: folder });
    root.ended();
    const [bundle = ''] = bundlesIn(folder);
    expect(bundle).toBe(root.bundle);
    expect(path.basename(bundle)).toMatch(new RegExp(`^trace-${UUID}-${root.threadId}$`));
    expect(await graphOf(bundle)).toMatchObject({
      rollout_id: root.threadId,
      root_thread_id: root.threadId,
      status: 'completed',
      recording_complete: true,
    });
  });

  it('is made where the environment says, or not at all', () => {
    const folder = traceRoot();
    vi.stubEnv('CODEX_ROLLOUT_TRACE_ROOT', folder);
    const { bundle } = recordRollout();
    expect(bundlesIn(folder)).toEqual([bundle]);
    vi.stubEnv('CODEX_ROLLOUT_TRACE_ROOT', '');
    expect(recordRollout().bundle).toBeNull();
    vi.unstubAllEnvs();
    expect(bundlesIn(folder)).toHaveLength(1);
  });

  it('stays in its folder whatever the id of its thread is', async () => {
    const folder = traceRoot();
    const { root } = recorded({ traceRoot: folder, threadId: '../../\u0000/__proto__' });
    root.ended();
    expect(bundlesIn(folder)).toEqual([root.bundle]);
    expect((await graphOf(root.bundle)).threads.keys()).toEqual(['../../\u0000/__proto__']);
  });

  it.each([1, 2] as const)('has the events of schema %i alone', async (schema) => {
    const { root } = recorded({ schema });
    const turn = root.startTurn('turn');
    turn.itemsAccepted([ask]);
    const tool = turn.startTool({ callId: 'call', name: 'x', input: { type: 'custom', input: '' } });
    tool.runtimeStarted({});
    root.ended();
    root.resumed();
    const log = readFileSync(path.join(root.bundle ?? '', 'trace.jsonl'), 'utf8');
    const own = [
      'history_item_accepted',
      'recording_completed',
      '"kind":{"type":"other","name":"x"},"runtime',
    ];
    expect(own.map((words) => log.includes(words))).toEqual(Array(3).fill(schema === 2));
    expect((await graphOf(root.bundle)).schema_version).toBe(schema);
  });

  it('goes on behind the end of the root until the last thread has ended', async () => {
    const { root, codes } = recorded();
    const child = root.startChild({ taskName: 'late' });
    root.ended();
    child.startTurn('turn').ended();
    expect(await graphOf(root.bundle)).toMatchObject({ status: 'completed', recording_complete: false });
    child.ended();
    expect(await graphOf(root.bundle)).toMatchObject({ recording_complete: true });
    expect(codes()).toEqual([]);
  });

  it('can be given up before its threads have ended', async () => {
    const { root, codes } = recorded();
    root.startTurn('turn');
    root.close();
    root.close();
    expect(codes()).toEqual([]);
    expect(await graphOf(root.bundle)).toMatchObject({ status: 'running', recording_complete: false });
  });
});

describe('a handle that records nothing', () => {
  it('accepts every call, writes nothing, and never asks for a payload', () => {
    const folder = traceRoot();
    const root = recordRollout({ traceRoot: '' });
    const never = () => expect.unreachable();
    const turn = root.startTurn();
    const inference = turn.startInference({ ...model, request: never });
    inference.completed({ outputItems: never });
    inference.failed('x', { outputItems: never });
    inference.cancelled('x', { outputItems: never });
    const compaction = turn.startCompaction();
    const attempt = compaction.startRequest({ ...model, request: never });
    attempt.completed(never);
    attempt.failed('x');
    compaction.installed(never);
    const cell = turn.startCodeCell({ cellId: '1', callId: 'c', source: '' });
    const nested = cell.startTool({ runtimeToolId: 't', name: 'x', input: never });
    cell.initialResponse({ status: 'yielded', response: never });
    cell.ended({ status: 'completed', response: never });
    const tool = turn.startTool({ callId: 'd', name: 'x', input: never });
    tool.mcpCall('m');
    tool.stdinTarget(nested);
    tool.commandStarted({ command: [], cwd: '' });
    tool.commandEnded(never);
    tool.runtimeStarted(never);
    tool.runtimeEnded(never);
    tool.agentReached({ threadId: '' });
    tool.ended({ output: never });
    tool.failed('x');
    turn.itemsAccepted([ask]);
    turn.agentResult({ parentThreadId: '', message: '' });
    turn.ended();
    const child = root.startChild({ taskName: 'a' });
    child.protocolEvent('x', never);
    child.ended();
    child.resumed();
    root.ended();
    root.close();
    expect([root.bundle, child.agentPath, tool.id]).toEqual([null, '/root/a', null]);
    expect(bundlesIn(folder)).toEqual([]);
  });
});

describe('a request to the model', () => {
  it('is completed, failed, cancelled, or left open when its turn ends', async () => {
    const { root } = recorded();
    const turn = root.startTurn('turn');
    const start = (id: string) => turn.startInference({ id, ...model, request: { input: [ask] } });
    start('a').completed({
      responseId: 'r',
      upstreamRequestId: 'u',
      tokenUsage: usage,
      outputItems: [answer],
    });
    start('b').failed(new Error('no network'), { outputItems: [answer] });
    start('c').cancelled('interrupted');
    start('d');
    turn.ended();
    root.ended();
    const { inference_calls } = await graphOf(root.bundle);
    const statuses = [...inference_calls.values()].map(({ execution }) => execution.status);
    expect(statuses).toEqual(['completed', 'failed', 'cancelled', 'cancelled']);
    expect(inference_calls.get('a')).toMatchObject({
      model: 'm',
      provider_name: 'p',
      response_id: 'r',
      upstream_request_id: 'u',
      usage: { input_tokens: 9, output_tokens: 3 },
    });
    expect(inference_calls.get('b')?.raw_response_payload_id).not.toBeNull();
  });

  it('counts its first end alone', async () => {
    const { root } = recorded();
    const attempt = root.startTurn().startInference({ id: 'a', ...model, request: { input: [] } });
    attempt.cancelled('interrupted');
    attempt.completed({ outputItems: [] });
    const { inference_calls } = await graphOf(root.bundle);
    expect(inference_calls.get('a')?.execution.status).toBe('cancelled');
  });
});

describe('a compaction', () => {
  it('has its requests, and puts one history in the place of another', async () => {
    const { root } = recorded();
    const turn = root.startTurn('turn');
    turn.startInference({ ...model, request: { input: [ask] } }).completed({ outputItems: [answer] });
    const compaction = turn.startCompaction({ id: 'k' });
    const request = { input: [ask, answer] };
    compaction.startRequest({ ...model, request }).failed('busy');
    const summary = { type: 'compaction', id: 's', encrypted_content: 'short' };
    compaction.startRequest({ ...model, request }).completed([summary]);
    compaction.installed(() => ({ inputHistory: request.input, replacementHistory: [summary] }));
    compaction.installed(() => expect.unreachable());
    const { compactions, compaction_requests } = await graphOf(root.bundle);
    expect(compactions.get('k')).toMatchObject({
      input_item_ids: ['conversation_item:1', 'conversation_item:2'],
      replacement_item_ids: ['conversation_item:4'],
    });
    const ends = [...compaction_requests.values()].map(({ execution }) => execution.status).toSorted();
    expect(ends).toEqual(['completed', 'failed']);
  });
});

describe('a code cell', () => {
  it('starts before the tools that it calls, and goes on behind its first answer', async () => {
    const { root } = recorded();
    const turn = root.startTurn('turn');
    const source = 'await tools.date()';
    turn
      .startInference({ ...model, request: { input: [ask] } })
      .completed({ outputItems: [codeCall('c', source)] });
    const cell = turn.startCodeCell({ cellId: '1', callId: 'c', source });
    const input = { type: 'function', arguments: '{}' } as const;
    const tool = cell.startTool({ runtimeToolId: 't', name: 'date', input });
    cell.initialResponse({ status: 'yielded', response: { text: 'soon' } });
    tool.ended({ output: () => ({ date: 'today' }) });
    cell.ended({ status: 'completed' });
    const { code_cells, tool_calls } = await graphOf(root.bundle);
    expect(code_cells.get('code_cell:c')).toMatchObject({
      source_js: source,
      nested_tool_call_ids: [tool.id],
      runtime_status: 'completed',
      initial_response_status: 'yielded',
    });
    expect(tool_calls.get(tool.id ?? '')).toMatchObject({ code_mode_runtime_tool_id: 't' });
  });
});

describe('agents', () => {
  it.each([1, 2] as const)('reach each other with tools and results in schema %i', async (schema) => {
    const { root } = recorded({ schema });
    const turn = root.startTurn('turn');
    const input = { type: 'function', arguments: '{}' } as const;
    const spawn = turn.startTool({ callId: 's', name: 'spawn_agent', input });
    const child = root.startChild({ taskName: 'Look it up', nickname: 'Ada', role: 'scout' });
    spawn.agentReached({ threadId: child.threadId, message: 'go' });
    spawn.ended({ output: functionOutput('s', 'ok') });
    const work = child.startTurn('work');
    const task = letter('l1', '/root', child.agentPath, 'go');
    work.itemsAccepted([task]);
    work.startInference({ ...model, request: { input: [task] } }).completed({ outputItems: [answer] });
    work.ended();
    work.agentResult({ parentThreadId: root.threadId, message: 'Noon.' });
    const result = letter('l2', child.agentPath, '/root', 'Noon.');
    turn.itemsAccepted([result]);
    turn.startInference({ ...model, request: { input: [result] } });
    const close = turn.startTool({ callId: 'k', name: 'close_agent', input });
    close.agentReached({ threadId: child.threadId });
    const { threads, interaction_edges } = await graphOf(root.bundle);
    expect(threads.get(child.threadId)).toMatchObject({
      agent_path: '/root/look_it_up',
      nickname: 'Ada',
      origin: { type: 'spawned', parent_thread_id: root.threadId, agent_role: 'scout' },
    });
    const edges = [...interaction_edges.values()].map(({ kind, target }) => [kind, target.type]);
    expect(edges.toSorted()).toEqual([
      ['agent_result', 'conversation_item'],
      ['close_agent', 'thread'],
      ['spawn_agent', 'conversation_item'],
    ]);
  });

  it('go on behind their end', async () => {
    const { root } = recorded();
    const child = root.startChild({ taskName: 'a' });
    child.resumed();
    child.ended('failed');
    child.ended();
    child.resumed();
    child.startTurn('turn');
    const { threads } = await graphOf(root.bundle);
    expect(threads.get(child.threadId)?.execution.status).toBe('running');
  });
});

describe('the history', () => {
  it('has receipts for what was accepted, and messages as they were delivered', async () => {
    const { root } = recorded();
    const turn = root.startTurn('turn');
    turn.itemsAccepted([{ ...ask, id: null }, answer, letter('l', '/root/a', '/root', 'hello')]);
    turn.startInference({ ...model, request: { input: [] } }).completed({ outputItems: [answer] });
    const { conversation_items } = await graphOf(root.bundle);
    const accepted = [...conversation_items.values()].map(
      (item) => 'accepted_seq' in item && item.accepted_seq !== undefined,
    );
    expect(accepted).toEqual([true, true]);
  });

  it('has breadcrumbs of what the host told its user', async () => {
    const { root } = recorded();
    root.protocolEvent('warning', () => ({ type: 'warning', message: 'slow' }));
    const { raw_payloads } = await graphOf(root.bundle);
    const kinds = [...raw_payloads.values()].map(({ kind }) => kind.type);
    expect(kinds).toEqual(['session_metadata', 'protocol_event']);
    expect(existsSync(path.join(root.bundle ?? '', 'payloads/2.json'))).toBe(true);
  });
});
