import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { replayBundle } from '../../src/node/index.js';
import { recordRollout, type RecorderWarning, type RolloutOptions } from '../../src/recorder/index.js';
import type { FileSystem } from '../../src/recorder/bundle-writer.js';
import { recordIn } from '../../src/recorder/record-rollout.js';

/** A folder for bundles, which goes when the test ends. */
export const traceRoot = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-recorder-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A session in a folder of its own, and the warnings that it gave. */
export const recorded = (options: RolloutOptions = {}, files?: FileSystem) => {
  const warnings: RecorderWarning[] = [];
  const all: RolloutOptions = {
    traceRoot: traceRoot(),
    warn: (warning) => void warnings.push(warning),
    ...options,
  };
  const root = files ? recordIn(files, all) : recordRollout(all);
  return { root, warnings, codes: () => warnings.map(({ code }) => code) };
};

/** The graph of a bundle in which nothing may be wrong. */
export const graphOf = async (bundle: string | null) => {
  if (bundle === null) throw new Error('nothing was recorded');
  const { trace, diagnostics } = await replayBundle(bundle, { strict: true });
  expect(diagnostics).toEqual([]);
  return trace;
};

export const bundlesIn = (folder: string): readonly string[] =>
  readdirSync(folder).map((name) => path.join(folder, name));
