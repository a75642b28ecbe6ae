import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exampleSession } from '../scripts/example/session.js';
import { printTrace } from '../src/index.js';
import { replayBundle } from '../src/node/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = path.join(root, 'examples', 'bundle');

const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

describe('the example bundle', () => {
  it('is what its script writes', () => {
    const files = readdirSync(bundle, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(bundle, path.join(entry.parentPath, entry.name)))
      .filter((file) => file !== 'state.json');
    const onDisk = new Map(files.map((file) => [file, readFileSync(path.join(bundle, file), 'utf8')]));
    expect(Object.fromEntries(onDisk)).toEqual(Object.fromEntries(exampleSession()));
  });

  it('is reduced to the bytes of the original', async () => {
    const { trace, unresolved } = await replayBundle(bundle, { strict: true });
    const hash = createHash('sha256');
    for (const chunk of printTrace(trace)) hash.update(chunk);
    // Of what `codex debug trace-reduce` 0.160.0 prints.
    expect(hash.digest('hex')).toBe('cd7f78e13a2c88650119c4d1dadd3e943fd0b54688901e60131cb894e89c5e40');
    expect(unresolved).toEqual([]);
  });

  it('has something of everything that a session can have', async () => {
    const { trace } = await replayBundle(bundle);
    const kinds = [...trace.tool_calls.values()].map(({ kind }) => kind.type);
    expect(kinds).toEqual(
      expect.arrayContaining(['exec_command', 'write_stdin', 'spawn_agent', 'apply_patch']),
    );
    const [cell] = trace.code_cells.values();
    expect(cell).toMatchObject({
      nested_tool_call_ids: ['cell_call_1', 'cell_call_2'],
      wait_tool_call_ids: ['call_3'],
    });
    expect([...trace.interaction_edges.values()].map(({ kind }) => kind)).toEqual([
      'agent_result',
      'spawn_agent',
    ]);
    expect(trace.compactions.size).toBe(1);
    const statuses = [...trace.inference_calls.values()].map(({ execution }) => execution.status);
    expect(statuses.filter((status) => status === 'failed')).toHaveLength(1);
  });
});

describe('the examples', () => {
  it('start with an agent that records itself, and write the graph of that', async () => {
    const printed = run('--import', 'tsx', 'examples/start.mjs');
    expect(printed).toContain('2 threads: ');
    expect(printed).toContain('2 turns with 7 calls to scripted');
    expect(printed).toContain('/root → /root/check_engines (spawn_agent)');
    expect(printed).toContain('`node no-such-file.js` ended with exit code 1');
    const [recording = '', ...others] = readdirSync(path.join(root, 'examples/traces'));
    expect(others).toEqual([]);
    const recorded = path.join(root, 'examples/traces', recording);
    const { trace, unresolved } = await replayBundle(recorded, { strict: true });
    expect(trace).toMatchObject({ schema_version: 2, status: 'completed', recording_complete: true });
    expect(unresolved).toEqual([]);
    const targets = [...trace.interaction_edges.values()].map(({ kind, target }) => [kind, target.type]);
    expect(targets.toSorted()).toEqual([
      ['agent_result', 'conversation_item'],
      ['spawn_agent', 'conversation_item'],
    ]);
    expect(readFileSync(path.join(recorded, 'state.json'), 'utf8')).toBe([...printTrace(trace)].join(''));
  });

  it('record an agent of their own', () => {
    const printed = run('--import', 'tsx', 'examples/record-an-agent.ts');
    expect(printed).toBe('exec_command completed\n');
  });

  it('read the graph of a bundle', () => {
    const printed = run('--import', 'tsx', 'examples/reduce-a-bundle.ts');
    expect(printed).toContain('terminal_operation:1 ended with exit code 1. The model saw:\n');
    expect(printed).toContain('not ok 3 - high water on 29 March');
  });

  it('reduce events from memory', () => {
    expect(run('--import', 'tsx', 'examples/own-events.ts').split('\n')).toEqual([
      '/root saw 1 item',
      'inference:1 is cancelled: its turn ended before an answer came',
      '0 problems',
      '',
    ]);
  });

  it('fold a projection of their own from the facts', () => {
    expect(run('--import', 'tsx', 'examples/write-a-projection.ts').split('\n')).toEqual([
      'src/tides.ts was changed by /root',
      'running patches: 0, changed files: 0',
      'running patches: 1, changed files: 0',
      'running patches: 0, changed files: 1',
      '',
    ]);
  });
});
