import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { memoryPayloadStore, reduceEvents, type RolloutTrace } from '../../src/index.js';
import { readManifest } from '../../src/bundle/read-manifest.js';
import { writeState, WriteStateError } from '../../src/node/index.js';
import { EMPTY } from 'rxjs';
import { withBundleOnDisk } from '../helpers/bundle-on-disk.js';
import { caseFiles } from '../cli/command.js';

const manifest = readManifest(Buffer.from(caseFiles('agent-result').get('manifest.json') ?? '').toString());
const emptyTrace = async (): Promise<RolloutTrace> =>
  (await reduceEvents(EMPTY, manifest, { payloads: memoryPayloadStore(new Map()) })).trace;

/** A trace whose printing takes turns, each with something to do. */
const longTrace = async (eachRow: (row: number) => void): Promise<RolloutTrace> => {
  const trace = await emptyTrace();
  const text = 'x'.repeat(100_000);
  const rows = function* () {
    for (let row = 0; row < 20; row += 1) {
      eachRow(row);
      yield [
        String(row),
        { raw_payload_id: text, kind: { type: 'tool_result' as const }, path: '' },
      ] as const;
    }
  };
  return { ...trace, raw_payloads: { ...trace.raw_payloads, size: 20, [Symbol.iterator]: rows } };
};

const inFolder = (use: (folder: string, file: string) => Promise<void>): Promise<void> =>
  withBundleOnDisk(new Map([['state.json', 'earlier']]), (folder) =>
    use(folder, path.join(folder, 'state.json')),
  );

it('replaces the file only when the new one is complete', () =>
  inFolder(async (folder, file) => {
    const seen: string[] = [];
    await writeState(await longTrace(() => seen.push(readFileSync(file, 'utf8'))), file);
    expect(new Set(seen)).toEqual(new Set(['earlier']));
    expect(JSON.parse(readFileSync(file, 'utf8')).trace_id).toBe(manifest.trace_id);
    expect(readdirSync(folder)).toEqual(['state.json']);
  }));

it('leaves the file alone, and nothing else behind, when it is told to end', () =>
  inFolder(async (folder, file) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const trace = await longTrace((row) => void (row === 10 && controller.abort(reason)));
    await expect(writeState(trace, file, { signal: controller.signal })).rejects.toBe(reason);
    expect(readdirSync(folder)).toEqual(['state.json']);
    expect(readFileSync(file, 'utf8')).toBe('earlier');
  }));

it('leaves the file alone, and nothing else behind, when it fails on the way', () =>
  inFolder(async (folder, file) => {
    const failure = new Error('no more rows');
    const trace = await longTrace((row) => {
      if (row === 10) throw failure;
    });
    await expect(writeState(trace, file)).rejects.toBe(failure);
    expect(readdirSync(folder)).toEqual(['state.json']);
    expect(readFileSync(file, 'utf8')).toBe('earlier');
  }));

it('gives the file the usual mode', () =>
  inFolder(async (folder, file) => {
    writeFileSync(path.join(folder, 'usual'), '');
    await writeState(await emptyTrace(), file);
    expect(statSync(file).mode).toBe(statSync(path.join(folder, 'usual')).mode);
  }));

it('says which file it cannot write, and why', () =>
  inFolder(async (folder, file) => {
    const trace = await emptyTrace();
    const missing = path.join(folder, 'missing', 'state.json');
    await expect(writeState(trace, missing)).rejects.toThrow(
      new WriteStateError(`cannot write ${missing}: ENOENT: no such file or directory`),
    );
    mkdirSync(path.join(folder, 'folder'));
    await expect(writeState(trace, path.join(folder, 'folder'))).rejects.toBeInstanceOf(WriteStateError);
    await expect(writeState(trace, '/dev/null')).rejects.toThrow('/dev/null: it is not a regular file');
    expect(readFileSync(file, 'utf8')).toBe('earlier');
  }));
