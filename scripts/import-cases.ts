/**
 * Carries bundle folders with the original's answers into compact `.case` files:
 *
 *   npx tsx scripts/import-cases.ts <source folder> <target folder> [sentences]
 *
 * Each folder in the source holds a bundle and `expected.json` or `expected-error.txt`. The target is named after the
 * schema of the bundles: `schema-1` or `schema-2`. The sentence at the top of a case is kept from the file being
 * replaced, or taken from `sentences`: a JSON file {NAME: sentence} or a folder of `.case` files. Every file written is
 * read back and compared byte for byte; a difference stops the import.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { readCase, writeCase, type Case, type Schema } from '../test/helpers/case-file.js';

function bundleFiles(folder: string): Map<string, Uint8Array> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== 'expected.json' && path !== 'expected-error.txt')
    .sort();
  return new Map(paths.map((path) => [path, Uint8Array.from(readFileSync(join(folder, path)))]));
}

function expectedOf(folder: string): Case['expected'] {
  const state = join(folder, 'expected.json');
  if (existsSync(state)) {
    const bytes = readFileSync(state);
    const text = bytes.toString('utf8');
    if (!Buffer.from(text).equals(bytes)) throw new Error(`${state} is not UTF-8`);
    return { state: text };
  }
  const [error = ''] = readFileSync(join(folder, 'expected-error.txt'), 'utf8').split('\n');
  return { error };
}

function sentencesOf(path: string | undefined): ReadonlyMap<string, string> {
  const sentences = new Map<string, string>();
  if (path === undefined || !existsSync(path)) return sentences;
  if (statSync(path).isDirectory()) {
    for (const file of readdirSync(path).filter((name) => name.endsWith('.case'))) {
      const { name, about } = readCase(readFileSync(join(path, file), 'utf8'));
      sentences.set(name, about);
    }
  } else {
    const table: unknown = JSON.parse(readFileSync(path, 'utf8'));
    for (const [name, about] of Object.entries(table ?? {})) sentences.set(name, String(about));
  }
  return sentences;
}

function schemaOf(target: string): Schema {
  const name = basename(target);
  if (name === 'schema-1') return 1;
  if (name === 'schema-2') return 2;
  throw new Error(`the target is named schema-1 or schema-2, not ${name}`);
}

function differences(wanted: Case, got: Case): string[] {
  const paths = new Set([...wanted.files.keys(), ...got.files.keys()]);
  const files = [...paths].filter((path) => {
    const [a, b] = [wanted.files.get(path), got.files.get(path)];
    return a === undefined || b === undefined || Buffer.compare(a, b) !== 0;
  });
  const rest = ({ name, schema, about, expected }: Case): string =>
    JSON.stringify({ name, schema, about, expected });
  return rest(wanted) === rest(got) ? files : [...files, 'the expected answer'];
}

function main(
  source: string | undefined,
  target: string | undefined,
  sentencesPath: string | undefined,
): void {
  if (source === undefined || target === undefined)
    throw new Error('usage: import-cases.ts <source folder> <target folder> [sentences]');
  const schema = schemaOf(target);
  mkdirSync(target, { recursive: true });
  const sentences = new Map([...sentencesOf(sentencesPath), ...sentencesOf(target)]);
  let size = 0;
  const names = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of names) {
    const folder = join(source, name);
    const about = sentences.get(name);
    if (about === undefined) throw new Error(`no sentence for ${name}`);
    const wanted: Case = { name, schema, about, files: bundleFiles(folder), expected: expectedOf(folder) };
    const text = writeCase(wanted);
    const wrong = differences(wanted, readCase(text));
    if (wrong.length > 0) throw new Error(`${name}: not carried over exactly: ${wrong.join(', ')}`);
    writeFileSync(join(target, `${name}.case`), text);
    size += Buffer.byteLength(text);
  }
  console.log(`${names.length} cases, ${size} bytes`);
}

main(process.argv[2], process.argv[3], process.argv[4]);
