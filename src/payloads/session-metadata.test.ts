import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../test/helpers/facts.js';
import { readSessionMetadata, spawnEdgeId, threadIdentity } from './session-metadata.js';

const identityOf = (json: unknown) => {
  const read = readSessionMetadata(bodyOf(json));
  return 'data' in read ? threadIdentity('T2', '/event', read.data) : read;
};
const spawned = (thread_spawn: unknown, metadata: object = {}) =>
  identityOf({ ...metadata, session_source: { subagent: { thread_spawn } } });

describe('the identity of a thread', () => {
  it('is that of its event where there is no metadata', () => {
    expect(threadIdentity('T2', '/event', null)).toEqual({
      agent_path: '/event',
      nickname: null,
      default_model: null,
      origin: { type: 'root' },
    });
  });

  it('has the names of its metadata', () => {
    const metadata = { agent_path: '/metadata', nickname: 'James', model: 'gpt-test', cwd: '/repo' };
    expect(identityOf(metadata)).toEqual({
      agent_path: '/metadata',
      nickname: 'James',
      default_model: 'gpt-test',
      origin: { type: 'root' },
    });
  });

  it('names its parent where it was spawned', () => {
    const spawn = {
      parent_thread_id: 'T1',
      agent_path: '/spawn',
      task_name: 'count',
      agent_role: 'explorer',
    };
    expect(
      spawned(spawn, { agent_path: '/metadata', task_name: 'other', agent_role: 'other' }),
    ).toMatchObject({
      agent_path: '/spawn',
      origin: {
        type: 'spawned',
        parent_thread_id: 'T1',
        spawn_edge_id: spawnEdgeId('T1', 'T2'),
        task_name: 'count',
        agent_role: 'explorer',
      },
    });
  });

  it('falls back from the spawn to the metadata to the event', () => {
    const metadata = { agent_path: '/metadata', task_name: 'task', agent_role: 'role' };
    expect(spawned({ parent_thread_id: 'T1', agent_path: 5 }, metadata)).toMatchObject({
      agent_path: '/metadata',
      origin: { task_name: 'task', agent_role: 'role' },
    });
    expect(spawned({ parent_thread_id: 'T1' })).toMatchObject({
      agent_path: '/event',
      origin: { task_name: 'event', agent_role: '' },
    });
  });

  it.each([
    ['/root/repo_counter', 'repo_counter'],
    ['/root/deep/', 'deep'],
    ['plain', 'plain'],
    ['///', '///'],
    ['', ''],
  ])('takes the task of the path %j to be %j', (agent_path, task_name) => {
    expect(spawned({ parent_thread_id: 'T1', agent_path })).toMatchObject({ origin: { task_name } });
  });

  it.each([
    ['without a parent', { agent_path: '/spawn' }],
    ['with a parent that is no text', { parent_thread_id: 1, agent_path: '/spawn' }],
    ['that is no object', ['T1']],
  ])('is that of a root where there is a spawn %s', (_what, spawn) => {
    expect(spawned(spawn, { agent_path: '/metadata' })).toMatchObject({
      agent_path: '/metadata',
      origin: { type: 'root' },
    });
  });

  it('may be written as a list of its fields', () => {
    const source = { subagent: { thread_spawn: { parent_thread_id: 'T1' } } };
    expect(identityOf(['/path', null, 'James', null, 'gpt-test', source])).toMatchObject({
      agent_path: '/path',
      nickname: 'James',
      origin: { type: 'spawned' },
    });
  });

  it.each([
    ['a path that is no text', { agent_path: 5 }, 'agent_path'],
    ['a nickname that is no text', { nickname: {} }, 'nickname'],
    ['no object', 'null', ''],
  ])('is not read from metadata with %s', (_what, json, member) => {
    expect(identityOf(json)).toEqual({ issue: expect.stringContaining(member) });
  });
});
