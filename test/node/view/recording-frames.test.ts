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
import { recordingFrames } from '../../../src/node/view/recording-frames.js';
import { frameReader } from '../../../viewer/src/recording/frames.js';
import { framesOf, sessionOf } from './told.js';

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

  const whole = () => framesOf(folder);

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

  it('tells a torn line once it stays torn, and begins anew where it goes on', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    const log = path.join(folder, 'trace.jsonl');
    const [first = '', second = ''] = readFileSync(log, 'utf8').split('\n');
    writeFileSync(log, `${first}\n\n${second.slice(0, 30)}`);
    const read = frameReader();
    const told: unknown[] = [];
    for await (const piece of recordingFrames(folder, { pollMs: 10, signal: stop.signal })) {
      for (const { header } of read(piece)) {
        if (header.type === 'line') told.push([header.line, header.complete]);
        else if (header.type === 'restart') told.push('restart');
      }
      const torn = told.filter((entry) => JSON.stringify(entry) === '[3,false]').length;
      if (torn === 1 && !told.includes('restart')) appendFileSync(log, `${second.slice(30)}\n`);
      if (told.length === 5) break;
    }
    expect(told).toEqual([[1, true], [3, false], 'restart', [1, true], [3, true]]);
  });

  it('tells of a line that is not UTF-8', async () => {
    cpSync(EXAMPLE, folder, { recursive: true });
    appendFileSync(path.join(folder, 'trace.jsonl'), Buffer.from([0xff, 0x0a]));
    const { header } = (await whole()).findLast((frame) => frame.header.type === 'line') ?? {};
    expect(header).toMatchObject({ complete: true, isUtf8: false, length: 0 });
  });
});
