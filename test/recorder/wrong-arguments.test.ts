import { describe, expect, it, vi } from 'vitest';
import { recordRollout } from '../../src/recorder/index.js';
import { graphOf, recorded, traceRoot } from './trace-root.js';
import { callMethod, handled, next, spoiled, wrongValues } from './wrong-arguments.js';

const schemas = [1, 2] as const;

describe.each(schemas)('in schema %i, whatever a host in JavaScript gives it,', (schema) => {
  it.each(
    handled.flatMap(({ handle, make, methods }) =>
      Object.entries(methods).map(([method, args]) => ({ handle, method, make, args })),
    ),
  )('$method of a $handle neither throws nor leaves what readers refuse', async ({ make, method, args }) => {
    const { root, codes } = recorded({ schema });
    for (const index of spoiled(args('')).keys()) {
      const id = next();
      const handle = make(root, id);
      const [name, wrong] = spoiled(args(id))[index] ?? ['', []];
      const answer = callMethod(handle, method, wrong);
      expect(typeof answer, name).toBe(method.startsWith('start') ? 'object' : 'undefined');
      // What a host does next must fit what was left out.
      if (method === 'commandStarted') callMethod(handle, 'commandEnded', [{ exitCode: 0, output: '' }]);
      if (method === 'ended') callMethod(handle, method, []);
    }
    root.ended();
    root.close();
    expect((await graphOf(root.bundle)).status).toBe('completed');
    expect(codes()).not.toContain('recording_stopped');
  });

  it('a session records nothing, or what readers take', async () => {
    const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const options = { threadId: 't', nickname: 'n', model: 'm', provider: 'p', cwd: '/', source: 's' };
    for (const [name, [wrong]] of spoiled([
      { ...options, schema, traceRoot: traceRoot(), warn: () => undefined },
    ])) {
      const root = callMethod({ recordRollout }, 'recordRollout', [wrong]);
      expect(root, name).toMatchObject({ agentPath: '/root', bundle: expect.toSatisfy(isPathOrNull) });
      const { bundle } = Object(root);
      callMethod(Object(root), 'startTurn', ['turn']);
      callMethod(Object(root), 'ended', []);
      if (bundle !== null)
        await expect(graphOf(bundle), name).resolves.toMatchObject({ status: 'completed' });
    }
    emitted.mockRestore();
  });
});

const isPathOrNull = (bundle: unknown): boolean => bundle === null || typeof bundle === 'string';

describe('a call that cannot be made sense of', () => {
  it('is told once, with the name of the method', () => {
    const { root, warnings } = recorded();
    const turn = root.startTurn();
    callMethod(turn, 'startInference', []);
    callMethod(turn, 'startTool', [null]);
    expect(warnings).toMatchObject([
      { code: 'value_unusable', message: expect.stringMatching(/^startInference is left out: /) },
    ]);
  });

  it('gives a handle that records nothing', async () => {
    const { root } = recorded();
    const child = callMethod(root, 'startChild', [{}]);
    expect(child).toMatchObject({ agentPath: '/root/_', threadId: expect.any(String) });
    callMethod(Object(child), 'startTurn', []);
    root.ended();
    expect((await graphOf(root.bundle)).threads.size).toBe(1);
  });

  it('is left out where a thread ends with a wrong status, and the end may come again', async () => {
    const { root } = recorded();
    callMethod(root, 'ended', ['done']);
    root.ended('failed');
    expect(await graphOf(root.bundle)).toMatchObject({ status: 'failed', recording_complete: true });
  });

  it('is accepted where nothing is recorded', () => {
    const root = recordRollout({ traceRoot: '' });
    for (const [, wrong] of wrongValues) {
      for (const method of ['startTurn', 'startChild', 'protocolEvent', 'ended', 'resumed']) {
        callMethod(root, method, [wrong]);
      }
      callMethod(root.startTurn(), 'startInference', [wrong]);
    }
    expect(root.bundle).toBeNull();
  });

  it('of a session without options that can be read is told by Node.js', () => {
    const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    expect(callMethod({ recordRollout }, 'recordRollout', [null])).toMatchObject({ bundle: null });
    expect(emitted.mock.calls).toMatchObject([[{ name: 'RecorderWarning', code: 'recording_stopped' }]]);
    emitted.mockRestore();
  });
});

it('a method keeps its handle where a host takes it off', async () => {
  const { root } = recorded();
  const { startTurn, ended } = root;
  startTurn('turn').ended();
  ended();
  expect((await graphOf(root.bundle)).codex_turns.get('turn')?.execution.status).toBe('completed');
});
