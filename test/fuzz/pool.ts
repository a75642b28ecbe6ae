import { scanJson } from './json-spans.js';

/** JSON texts of all values in a bundle by their key: what a member could have been. */
export type Pool = ReadonlyMap<string, readonly string[]>;

/** Longer values would make mutants slow and teach nothing more. */
const LONGEST = 2000;

export const poolOf = (files: ReadonlyMap<string, string>): Pool => {
  const pool = new Map<string, string[]>();
  for (const text of [...files.values()].flatMap((file) => [file, ...file.split('\n')])) {
    for (const { key, start, end } of scanJson(text) ?? []) {
      if (key === null || end - start > LONGEST) continue;
      const values = pool.get(key);
      if (values) values.push(text.slice(start, end));
      else pool.set(key, [text.slice(start, end)]);
    }
  }
  return pool;
};
