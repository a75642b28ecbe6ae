import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../test/helpers/facts.js';
import type { ToolCallKind } from '../model/tool-kind.js';
import { isAgentPath, readAgentBegin, readAgentEnd } from './agents.js';

const ROOT = '019d0000-0000-7000-8000-000000000001';
const CHILD = '019d0000-0000-7000-8000-000000000002';
const kind = (type: 'spawn_agent' | 'assign_agent_task' | 'send_message' | 'close_agent' | 'wait_agent') => ({
  type,
});
const mcp: ToolCallKind = { type: 'mcp', server: 's', tool: 't' };

const begin = {
  call_id: 'c',
  sender_thread_id: ROOT,
  receiver_thread_id: CHILD,
};
const messageBegin = { ...begin, prompt: 'hello' };
const closeEnd = { ...begin, status: 'running' };
const messageEnd = { ...messageBegin, status: 'running' };
const spawnEnd = {
  call_id: 'c',
  sender_thread_id: ROOT,
  new_thread_id: CHILD,
  prompt: 'count',
  model: 'gpt-test',
  reasoning_effort: 'low',
  status: 'running',
};
const activity = {
  event_id: 'e',
  agent_thread_id: CHILD,
  agent_path: '/root/child',
  kind: 'started',
};
const without = (json: object, member: string) =>
  Object.fromEntries(Object.entries(json).filter(([key]) => key !== member));

describe('an agent path', () => {
  it.each(['/root', '/root/a', '/root/repo_file_counter/b2', '/morpheus'])('%s is one', (path) => {
    expect(isAgentPath(path)).toBe(true);
  });

  it.each([
    '',
    'root',
    '/root/',
    '/root//a',
    '/root/root',
    '/root/a/root',
    '/root/.',
    '/root/..',
    '/root/A',
    '/root/a-b',
    '/morpheus/a',
    '/roots',
    '/root/a\n',
  ])('%j is none', (path) => {
    expect(isAgentPath(path)).toBe(false);
  });

  it('may have a segment that only begins with root', () => {
    expect(isAgentPath('/root/roots/rooted')).toBe(true);
  });
});

describe('the report that a tool begins', () => {
  it.each(['assign_agent_task', 'send_message'] as const)('%s tells the message', (type) => {
    expect(readAgentBegin(kind(type), bodyOf(messageBegin))).toEqual({
      data: { type: 'messaged', receiver: CHILD, message: 'hello' },
    });
  });

  it('close_agent tells who is closed', () => {
    expect(readAgentBegin(kind('close_agent'), bodyOf(begin))).toEqual({
      data: { type: 'closed', receiver: CHILD },
    });
  });

  it.each(['spawn_agent', 'wait_agent'] as const)('%s tells nothing', (type) => {
    expect(readAgentBegin(kind(type), bodyOf({}))).toEqual({
      data: { type: 'nothing' },
    });
  });

  it.each(['call_id', 'sender_thread_id', 'receiver_thread_id', 'prompt'])('needs %s', (member) => {
    const read = readAgentBegin(kind('send_message'), bodyOf(without(messageBegin, member)));
    expect(read).toEqual({ issue: expect.stringContaining(member) });
  });
});

describe('the report that a tool ended', () => {
  it('spawn_agent tells the new thread and its task', () => {
    expect(readAgentEnd(kind('spawn_agent'), bodyOf(spawnEnd))).toEqual({
      data: { type: 'spawned', sender: ROOT, child: CHILD, message: 'count' },
    });
  });

  it.each([null, undefined])('spawn_agent tells nothing where the new thread is %s', (new_thread_id) => {
    expect(readAgentEnd(kind('spawn_agent'), bodyOf({ ...spawnEnd, new_thread_id }))).toEqual({
      data: { type: 'nothing' },
    });
  });

  it('refuses a spawn end with an empty effort, and takes any other', () => {
    const read = (reasoning_effort: string) =>
      readAgentEnd(kind('spawn_agent'), bodyOf({ ...spawnEnd, reasoning_effort }));
    expect(read('')).toEqual({ issue: 'reasoning_effort: must not be empty' });
    expect(read(' ')).toMatchObject({ data: { type: 'spawned' } });
  });

  it.each(['call_id', 'sender_thread_id', 'prompt', 'model', 'reasoning_effort', 'status'])(
    'spawn_agent needs %s, and not null',
    (member) => {
      for (const json of [without(spawnEnd, member), { ...spawnEnd, [member]: null }]) {
        expect(readAgentEnd(kind('spawn_agent'), bodyOf(json))).toHaveProperty('issue');
      }
    },
  );

  it('send_message tells the message, close_agent who is closed', () => {
    expect(readAgentEnd(kind('send_message'), bodyOf(messageEnd))).toEqual({
      data: { type: 'messaged', receiver: CHILD, message: 'hello' },
    });
    expect(readAgentEnd(kind('close_agent'), bodyOf(closeEnd))).toEqual({
      data: { type: 'closed', receiver: CHILD },
    });
  });

  it('says threads in their canonical spelling', () => {
    const receiver_thread_id = `urn:uuid:${CHILD.toUpperCase()}`;
    expect(readAgentEnd(kind('close_agent'), bodyOf({ ...closeEnd, receiver_thread_id }))).toEqual({
      data: { type: 'closed', receiver: CHILD },
    });
  });

  it.each([
    'pending_init',
    'running',
    'interrupted',
    'shutdown',
    'not_found',
    { completed: 'done' },
    { completed: null },
    { errored: 'boom' },
    { running: null },
  ])('may have the status %j', (status) => {
    expect(readAgentEnd(kind('close_agent'), bodyOf({ ...closeEnd, status }))).toHaveProperty('data');
  });

  it.each(['completed', 'weird', { errored: null }, { completed: 'a', errored: 'b' }, { running: 1 }, 5, {}])(
    'may not have the status %j',
    (status) => {
      expect(readAgentEnd(kind('close_agent'), bodyOf({ ...closeEnd, status }))).toHaveProperty('issue');
    },
  );

  it.each([
    ['5', 'data'],
    ['-5', 'data'],
    ['5.0', 'issue'],
    ['1e3', 'issue'],
    ['"5"', 'issue'],
    ['null', 'issue'],
    ['9223372036854775808', 'issue'],
  ])('with the time %s gives %s', (literal, outcome) => {
    const begun = JSON.stringify(begin).replace('{', `{"started_at_ms":${literal},`);
    expect(readAgentBegin(kind('close_agent'), bodyOf(begun))).toHaveProperty(outcome);
    const ended = JSON.stringify(closeEnd).replace('{', `{"completed_at_ms":${literal},`);
    expect(readAgentEnd(kind('close_agent'), bodyOf(ended))).toHaveProperty(outcome);
  });

  it.each([
    ['close_agent', closeEnd, 'receiver_agent_nickname'],
    ['close_agent', closeEnd, 'receiver_agent_role'],
    ['send_message', messageEnd, 'receiver_agent_nickname'],
    ['spawn_agent', spawnEnd, 'new_agent_nickname'],
    ['spawn_agent', spawnEnd, 'new_agent_role'],
  ] as const)('%s may name the agent, in text', (tool, end, member) => {
    for (const name of ['Scout', null]) {
      expect(readAgentEnd(kind(tool), bodyOf({ ...end, [member]: name }))).toHaveProperty('data');
    }
    expect(readAgentEnd(kind(tool), bodyOf({ ...end, [member]: 5 }))).toHaveProperty('issue');
  });

  it('does not look at a time of its begin', () => {
    expect(readAgentEnd(kind('close_agent'), bodyOf({ ...closeEnd, started_at_ms: 'x' }))).toHaveProperty(
      'data',
    );
  });

  it('of any other tool may be anything', () => {
    for (const json of [{}, [], 'null', { prompt: 5 }]) {
      expect(readAgentEnd(mcp, bodyOf(json))).toEqual({
        data: { type: 'nothing' },
      });
    }
  });
});

describe('an activity of a sub-agent', () => {
  it.each([
    ['spawn_agent', 'started', { type: 'spawned', sender: null, child: CHILD, message: null }],
    ['assign_agent_task', 'interacted', { type: 'messaged', receiver: CHILD, message: null }],
    ['send_message', 'interacted', { type: 'messaged', receiver: CHILD, message: null }],
    ['close_agent', 'interrupted', { type: 'closed', receiver: CHILD }],
    ['wait_agent', 'completed', { type: 'nothing' }],
  ] as const)('of %s that %s', (tool, what, data) => {
    expect(readAgentEnd(kind(tool), bodyOf({ ...activity, kind: what }))).toEqual({ data });
  });

  it.each([
    ['spawn_agent', 'interacted'],
    ['spawn_agent', 'interrupted'],
    ['send_message', 'started'],
    ['close_agent', 'interacted'],
    ['wait_agent', 'started'],
  ] as const)('of %s does not fit where it %s', (tool, what) => {
    expect(readAgentEnd(kind(tool), bodyOf({ ...activity, kind: what }))).toMatchObject({
      data: { type: 'mismatch' },
    });
  });

  it.each(['event_id', 'agent_path', 'kind'])('needs %s', (member) => {
    expect(readAgentEnd(mcp, bodyOf(without(activity, member)))).toHaveProperty('issue');
  });

  it.each([
    { agent_thread_id: null },
    { agent_thread_id: 'child' },
    { agent_path: '/child' },
    { kind: 'finished' },
    { occurred_at_ms: null },
  ])('does not allow %j', (fields) => {
    expect(readAgentEnd(mcp, bodyOf({ ...activity, ...fields }))).toHaveProperty('issue');
  });

  it('may spell its kind as an object', () => {
    const read = readAgentEnd(kind('spawn_agent'), bodyOf({ ...activity, kind: { started: null } }));
    expect(read).toMatchObject({ data: { type: 'spawned' } });
  });
});
