import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer } from '../../test/fuzz/original.js';

/** Where bundles are kept that are reduced differently; not part of the repository. */
const FOUND = path.join(import.meta.dirname, '..', 'found');

/**
 * Keeps a bundle with the answer of the original, as the import of cases wants it, and says where it is.
 */
export const keepBundle = (bundle: string, original: Answer, name: string, how: string): string => {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const folder = path.join(FOUND, `${name}-${time}`);
  mkdirSync(FOUND, { recursive: true });
  cpSync(bundle, folder, { recursive: true });
  rmSync(path.join(folder, 'state.json'), { force: true });
  const [file, text] = answerFile(original);
  writeFileSync(path.join(folder, file), text);
  writeFileSync(`${folder}.txt`, `${how}\n`);
  return `kept in ${path.relative(process.cwd(), folder)}`;
};

const answerFile = (original: Answer): [string, string] => {
  switch (original.type) {
    case 'graph':
      return ['expected.json', original.text];
    case 'refusal':
      return ['expected-error.txt', `Error: ${original.causes.join('\n')}`];
    case 'panic':
      return ['expected-error.txt', original.message];
  }
};
