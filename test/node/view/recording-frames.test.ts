import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordingFrames, type RecordingFramesOptions } from '../../../src/node/view/recording-frames.js';
import { redaction } from '../../../src/node/view/redaction.js';
import { frameReader, type Frame } from '../../../viewer/src/recording/frames.js';
import { sessionBuilder } from '../../../viewer/src/recording/session.js';
import { replayBundle } from '../../../src/node/replay-bundle.js';

const EXAMPLE = 'examples/bundle';

describe('a recording as frames', () => {
  let folder: string;
  let stop: AbortController;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'frames-'));
    stop = new AbortController();
  });
  afterEach(() => {
    stop.abort();
    rmSync(folder, { recursive: true });
  });

  const whole = async (options: Partial<RecordingFramesOptions> = {}): Promise<readonly Frame[]> => {
    const read = frameReader();
    const frames: Frame[] = [];
    for await (const piece of recordingFrames(folder, { once: true, signal: stop.signal, ...options })) {
      frames.push(...read(piece));
    }
    return frames;
  };
  const sessionOf = (frames: readonly Frame[]) => {
    const builder = sessionBuilder();
    for (const frame of frames) builder.take(frame);
    const session = builder.current();
    if (!session) throw new Error('no session began');
    return session;
  };

  it('gives a reader all that a reduction of the files gives', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    const { history } = sessionOf(await whole());
    const { trace } = await replayBundle(folder);
    expect(JSON.stringify(history.after(history.length).trace)).toBe(JSON.stringify(trace));
  });

  it('gives a reader every payload byte for byte', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    const { payloads } = sessionOf(await whole());
    for (const name of readdirSync(path.join(folder, 'payloads'))) {
      const file = `payloads/${name}`;
      expect(payloads.text(file)).toBe(readFileSync(path.join(folder, file), 'utf8'));
    }
  });

  it('tells of a payload that is lost, and goes on', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    rmSync(path.join(folder, 'payloads/1.json'));
    const frames = await whole();
    expect(frames.map(({ header }) => header)).toContainEqual({
      type: 'unreadable',
      path: 'payloads/1.json',
      problem: expect.objectContaining({ code: 'payload_missing' }),
    });
    const { history } = sessionOf(frames);
    expect(history.after(history.length).diagnostics).toMatchObject([{ code: 'payload_missing' }]);
  });

  it('never leaves the folder', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    const log = path.join(folder, 'trace.jsonl');
    writeFileSync(log, readFileSync(log, 'utf8').replace('payloads/1.json', '../../../etc/passwd'));
    const headers = (await whole()).map(({ header }) => header);
    expect(headers).toContainEqual(
      expect.objectContaining({
        type: 'unreadable',
        problem: expect.objectContaining({ code: 'payload_outside_bundle' }),
      }),
    );
  });

  it('follows a log that grows, and begins anew with one that was replaced', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    const log = path.join(folder, 'trace.jsonl');
    const lines = readFileSync(log, 'utf8').split('\n');
    writeFileSync(log, `${lines.slice(0, 3).join('\n')}\n`);
    const read = frameReader();
    const types: string[] = [];
    for await (const piece of recordingFrames(folder, { pollMs: 10, signal: stop.signal })) {
      types.push(...read(piece).map(({ header }) => header.type));
      const told = types.filter((type) => type === 'caught_up').length;
      if (types.at(-1) !== 'caught_up') continue;
      if (told === 1) appendFileSync(log, `${lines[3]}\n`);
      if (told === 2) writeFileSync(log, `${lines[0]}\n`);
      if (told === 3) break;
    }
    expect(types.filter((type) => type !== 'payload').join(' ')).toBe(
      'manifest line line line caught_up line caught_up restart manifest line caught_up',
    );
  });

  it('has the same shape when it is redacted', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    const shapeOf = (frames: readonly Frame[]) => {
      const { history } = sessionOf(frames);
      const { trace, diagnostics, unresolved } = history.after(history.length);
      return {
        diagnostics,
        unresolved: unresolved.length,
        items: [...trace.conversation_items].map(([id, { kind, role, produced_by }]) => [
          id,
          kind,
          role,
          produced_by,
        ]),
        tools: [...trace.tool_calls].map(([id, { execution, requester }]) => [id, execution, requester]),
        cells: [...trace.code_cells].map(([id, { nested_tool_call_ids }]) => [id, nested_tool_call_ids]),
        edges: [...trace.interaction_edges].map(([id, { kind, source, target }]) => [
          id,
          kind,
          source,
          target,
        ]),
        usage: [...trace.inference_calls.values()].map(({ usage }) => usage),
      };
    };
    const redacted = await whole({ redaction: redaction() });
    expect(shapeOf(redacted)).toEqual(shapeOf(await whole()));
    const told = redacted
      .map(({ header, body }) => JSON.stringify(header) + Buffer.from(body).toString())
      .join('\n');
    expect(told).not.toMatch(/tide|harbour|robin|Europe|summer/i);
  });
});
