import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The files of a bundle by their path in it. */
export type Files = ReadonlyMap<string, Uint8Array | string>;

/** Writes files below a folder, which is made where it is missing. */
export const writeFiles = (folder: string, files: Files): void => {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
};

/** Runs `use` on a folder that holds the files, and removes it afterwards. */
export const withBundleOnDisk = async <Result>(
  files: Files,
  use: (folder: string) => Result | Promise<Result>,
): Promise<Result> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-'));
  try {
    writeFiles(folder, files);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
