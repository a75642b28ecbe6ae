import * as files from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { checkBundle } from '../../src/node/index.js';
import { recordRollout, type RolloutRecorder } from '../../src/recorder/index.js';
import type { FileSystem } from '../../src/recorder/bundle-writer.js';
import { userMessage } from './items.js';
import { bundlesIn, graphOf, recorded, traceRoot } from './trace-root.js';

const model = { model: 'm', provider: 'p' };
const ask = userMessage('ask', 'hello');

/** One of each: a payload that is needed, one that is not, and an event without any. */
const useAll = (root: RolloutRecorder, id: string): void => {
  const turn = root.startTurn(`turn ${id}`);
  turn.startInference({ ...model, request: { input: [ask] } }).completed({ outputItems: [] });
  const tool = turn.startTool({ callId: id, name: 'x', input: { type: 'custom', input: 'y' } });
  tool.runtimeEnded({ text: 'z' });
  tool.ended({ output: ask });
  turn.ended();
};

const noSpace = (): never => {
  throw new Error('ENOSPC: no space left on device');
};

/** A disk that takes so many bytes: what it cannot take as a whole it takes in part, as real ones do. */
const smallDisk = (space: number): FileSystem => {
  let left = space;
  const take = (bytes: number): number => {
    if (left === 0) noSpace();
    const taken = Math.min(bytes, left);
    left -= taken;
    return taken;
  };
  return {
    ...files,
    writeSync: (log, bytes, at) => files.writeSync(log, bytes, at, take(bytes.length - at)),
    writeFileSync: (file, text, options) => {
      const bytes = Buffer.from(text);
      const taken = take(bytes.length);
      files.writeFileSync(file, bytes.subarray(0, taken), options);
      if (taken < bytes.length) noSpace();
    },
  };
};

describe('a disk that is full', () => {
  it('stops the recording behind its last whole event, wherever it comes, with one warning', async () => {
    const stops = new Set<number>();
    for (let space = 0; space < 6000; space += 97) {
      const { root, codes } = recorded({}, smallDisk(space));
      useAll(root, 'a');
      useAll(root, 'b');
      root.ended();
      expect(codes()).toEqual(['recording_stopped']);
      if (root.bundle === null) continue;
      const { findings, counts } = await checkBundle(root.bundle);
      expect(findings, `${space} bytes`).toEqual([]);
      stops.add(counts?.events ?? 0);
    }
    expect(stops.size).toBeGreaterThan(8);
  });

  it('leaves no folder where there was no place for the manifest', () => {
    const folder = traceRoot();
    const { root } = recorded({ traceRoot: folder }, smallDisk(10));
    expect([root.bundle, bundlesIn(folder)]).toEqual([null, []]);
  });

  it('may keep the part of a line that came through, which readers know as torn', async () => {
    const found = new Set<string>();
    for (let space = 900; space < 2400; space += 100) {
      const { root, codes } = recorded({}, { ...smallDisk(space), ftruncateSync: noSpace });
      useAll(root, 'a');
      expect(codes()).toEqual(['recording_stopped']);
      const { findings } = await checkBundle(root.bundle ?? '');
      for (const { code } of findings) found.add(code);
    }
    expect([...found]).toEqual(['line_torn']);
  });
});

describe('a folder that cannot be written', () => {
  it('gives one warning, and a handle that records nothing', () => {
    const file = path.join(traceRoot(), 'file');
    files.writeFileSync(file, '');
    const { root, warnings } = recorded({ traceRoot: file });
    useAll(root, 'a');
    root.ended();
    expect(root.bundle).toBeNull();
    expect(warnings).toMatchObject([{ code: 'recording_stopped' }]);
    expect(warnings[0]?.message).toContain(file);
  });

  it('is made where it is missing', async () => {
    const { root } = recorded({ traceRoot: path.join(traceRoot(), 'a', 'b') });
    expect((await graphOf(root.bundle)).threads.size).toBe(1);
  });

  it('gives one warning where the system has no place in a folder that is there', () => {
    const deleted = traceRoot();
    // Node.js tries for ever to make missing parents there.
    const mkdirSync: FileSystem['mkdirSync'] = (folder, options) => {
      if (options && 'recursive' in options) throw new Error('never returns');
      if (folder === deleted) return files.mkdirSync(folder);
      throw Object.assign(new Error(`ENOENT: no such file or directory, mkdir '${folder}'`), {
        code: 'ENOENT',
      });
    };
    const { root, warnings } = recorded({ traceRoot: path.join(deleted, 'a') }, { ...files, mkdirSync });
    expect(root.bundle).toBeNull();
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('ENOENT')]);
  });

  it('warns by Node.js where the host does not listen, and survives a host that throws', () => {
    const file = path.join(traceRoot(), 'file');
    files.writeFileSync(file, '');
    const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    recordRollout({ traceRoot: file });
    expect(emitted.mock.calls).toMatchObject([[{ name: 'RecorderWarning', code: 'recording_stopped' }]]);
    emitted.mockRestore();
    const failing = () => {
      throw new Error('the host is broken');
    };
    expect(recordRollout({ traceRoot: file, warn: failing }).bundle).toBeNull();
  });
});

const throwing = (): never => {
  throw new Error('not now');
};
const circle = (): object => {
  const self: { self?: object } = {};
  self.self = self;
  return self;
};

describe('a value that is no JSON', () => {
  it.each<[string, () => object]>([
    ['a circle', circle],
    ['a BigInt', () => ({ n: 1n })],
    ['a getter that throws', () => Object.defineProperty({}, 'x', { enumerable: true, get: throwing })],
    ['a toJSON that throws', () => ({ toJSON: throwing })],
    ['a function that throws', throwing],
    ['more levels than readers take', () => JSON.parse('['.repeat(127) + ']'.repeat(127))],
    ['a key that readers take for a number', () => ({ '$serde_json::private::Number': '1' })],
  ])('is left out with what needs it, and all else is recorded: %s', async (_name, make) => {
    const { root, codes } = recorded();
    const turn = root.startTurn('turn');
    const lost = turn.startInference({ ...model, request: () => ({ input: [ask], extra: make() }) });
    lost.completed({ outputItems: [] });
    const tool = turn.startTool({ callId: 'c', name: 'x', input: { type: 'custom', input: 'y' } });
    tool.runtimeStarted(() => ({ extra: make() }));
    tool.ended({ output: () => ({ ...ask, extra: make() }) });
    turn.ended();
    root.ended();
    const { inference_calls, tool_calls, codex_turns } = await graphOf(root.bundle);
    expect(codes()).toEqual(['value_unusable']);
    expect(inference_calls.size).toBe(0);
    expect(codex_turns.get('turn')?.execution.status).toBe('completed');
    expect(tool_calls.get('c')).toMatchObject({
      execution: { status: 'completed' },
      raw_runtime_payload_ids: [],
      raw_result_payload_id: null,
    });
  });

  it('leaves the start of a tool with what its name says', async () => {
    const { root, codes } = recorded();
    root.startTurn('turn').startTool({ callId: 'c', name: 'shell', input: throwing });
    const { tool_calls } = await graphOf(root.bundle);
    expect(tool_calls.get('c')).toMatchObject({
      kind: { type: 'exec_command' },
      raw_invocation_payload_id: null,
    });
    expect(codes()).toEqual(['value_unusable']);
  });

  it('may have recorded something itself meanwhile', async () => {
    const { root } = recorded();
    root.protocolEvent('outer', () => {
      root.protocolEvent('inner', {});
      return {};
    });
    const { raw_payloads } = await graphOf(root.bundle);
    expect(raw_payloads.keys()).toEqual(['raw_payload:1', 'raw_payload:2', 'raw_payload:3']);
  });

  it('may end the recording, which then writes no more', async () => {
    const { root, codes } = recorded();
    root.protocolEvent('last', () => {
      root.close();
      return {};
    });
    expect((await graphOf(root.bundle)).raw_payloads.size).toBe(1);
    expect(codes()).toEqual(['recording_ended']);
  });
});

describe('what comes too late or twice', () => {
  it('is left out behind the end, with one warning', async () => {
    const { root, codes } = recorded();
    root.ended();
    useAll(root, 'a');
    root.resumed();
    root.ended();
    expect(codes()).toEqual(['recording_ended']);
    expect(await graphOf(root.bundle)).toMatchObject({ recording_complete: true, codex_turns: { size: 0 } });
  });

  it('is left out under an id that is taken, with one warning', async () => {
    const { root, codes } = recorded();
    useAll(root, 'a');
    useAll(root, 'a');
    const again = root.startChild({ taskName: 'b', threadId: root.threadId });
    again.startTurn('b');
    const graph = await graphOf(root.bundle);
    expect(codes()).toEqual(['id_repeated']);
    expect([graph.threads.size, graph.codex_turns.size, graph.tool_calls.size]).toEqual([1, 1, 1]);
  });
});
