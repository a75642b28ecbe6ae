/** Counts work instead of measuring time: the same on any machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { generateBundle, type GenerateInput } from '../../bench/generate/generate.js';
import type { SyncPayloadStore } from '../../src/bundle/payload.js';
import type { RawPayloadRef } from '../../src/model/payload-ref.js';
import { readBundle, type Bundle } from '../fuzz/bundle.js';

/** The files of a generated session. */
export const generatedFiles = (input: Omit<GenerateInput, 'out'>): Bundle => {
  const out = mkdtempSync(path.join(tmpdir(), 'rollout-trace-work-'));
  try {
    generateBundle({ baseBytes: 2000, textLength: 200, ...input, out });
    return readBundle(out);
  } finally {
    rmSync(out, { recursive: true });
  }
};

/** A store that notes which payloads were opened, by their paths, as often as they were. */
export const countingStore = ({ readNow, bytes }: SyncPayloadStore) => {
  const opened: string[] = [];
  const noted =
    <Result>(read: (ref: RawPayloadRef) => Result) =>
    (ref: RawPayloadRef): Result => {
      opened.push(ref.path);
      return read(ref);
    };
  const store: SyncPayloadStore = {
    readNow: noted(readNow),
    ...(bytes && { bytes: { readNow: noted(bytes.readNow), decode: bytes.decode } }),
  };
  return { opened, store };
};

/** Runs something, and gives the texts that were parsed meanwhile. */
export const parsedDuring = <Result>(run: () => Result) => {
  const parse = vi.spyOn(JSON, 'parse');
  try {
    const result = run();
    return { result, parsed: parse.mock.calls.map(([text]) => text) };
  } finally {
    parse.mockRestore();
  }
};
