import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { withBundleOnDisk } from './helpers/bundle-on-disk.js';

const fromRoot = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));
const config = readFileSync(fromRoot('.oxlintrc.json'), 'utf8');
const oxlint = fromRoot('node_modules/oxlint/bin/oxlint');

/** What the rules of the house say to these files: `file: rule`, each once, sorted. */
const lint = (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  withBundleOnDisk(new Map([...Object.entries(files), ['.oxlintrc.json', config]]), (folder) => {
    const { diagnostics }: Report = JSON.parse(run([oxlint, '--format=json'], folder));
    const found = diagnostics.map(({ filename, code }) => `${filename}: ${code}`);
    return [...new Set(found)].toSorted();
  });

interface Report {
  readonly diagnostics: readonly { readonly filename: string; readonly code: string }[];
}

const run = (args: readonly string[], cwd: string): string => {
  try {
    return execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    // A linter that finds something fails, and says on stdout what.
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
};

const layers = readdirSync(fromRoot('src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const using = (specifier: string): string =>
  `import { used } from '${specifier}';\nexport const again = used;\n`;

it('knows every folder of the source as a layer', () => {
  expect(layers.filter((layer) => !config.includes(`"files": ["src/${layer}/**"]`))).toEqual([]);
});

/** Modules that a layer must not import, or of which it may know the types only. */
const forbidden = {
  json: ['model/integers', 'errors/codes', 'trace/print'],
  model: ['facts/facts', 'json/order', 'serde/typed', 'errors/codes'],
  serde: ['model/integers', 'errors/codes', 'bundle/payload', 'payloads/usage'],
  errors: ['facts/facts', 'serde/typed', 'json/order'],
  facts: [
    'projections/edges',
    'serde/typed',
    'trace/print',
    'bundle/payload',
    'bundle/read-line',
    'payloads/model-items/model-item',
  ],
  payloads: ['facts/keys', 'projections/edges', 'schemas/rules', 'bundle/payload', 'errors/codes'],
  schemas: ['facts/keys', 'projections/edges', 'bundle/payload'],
  bundle: ['projections/edges', 'facts/problems', 'payloads/usage', 'schemas/rules', 'node/read-log'],
  projections: ['gates/gate', 'trace/print', 'schemas/index', 'schemas/rules', 'bundle/payload'],
  gates: ['projections/edges', 'schemas/rules', 'trace/print'],
  views: ['projections/projection', 'gates/gate', 'schemas/rules', 'trace/print', 'bundle/payload'],
  answers: ['facts/facts', 'errors/codes', 'trace/print', 'streams/assemble'],
  trace: ['facts/keys', 'facts/writes', 'projections/edges', 'errors/codes'],
  streams: ['schemas/rules', 'serde/typed', 'projections/projection', 'gates/gate', 'projections/edges'],
  node: ['cli/main'],
};
it.each(Object.entries(forbidden))(
  'keeps src/%s from what lies above it or beside it',
  async (layer, others) => {
    const top =
      layer === 'node' ? [] : ['node/index', 'cli/main', ...(layer === 'streams' ? [] : ['streams/batch'])];
    const bad = [
      ...[...others, ...top].map((module) => `../${module}.js`),
      '../../test/x.js',
      '../../bench/x.js',
    ];
    const files = bad.map((specifier, index) => [`src/${layer}/bad-${index}.ts`, using(specifier)] as const);
    const found = await lint(Object.fromEntries(files));
    const expected = files.map(([file]) => `${file}: eslint(no-restricted-imports)`);
    expect(found).toEqual(expected.toSorted());
  },
);

it('keeps rxjs in the streams and Node.js at the rim', async () => {
  const folders = layers.map((layer) => `src/${layer}`);
  const all = [...folders, 'src'].flatMap((folder) => [
    [`${folder}/stream.ts`, using('rxjs')] as const,
    [`${folder}/system.ts`, using('node:fs')] as const,
  ]);
  const found = await lint(Object.fromEntries(all));
  const without = (kept: readonly string[], file: string): readonly string[] =>
    [...folders, 'src'].filter((folder) => !kept.includes(folder)).map((folder) => `${folder}/${file}`);
  expect(found.filter((each) => each.endsWith('eslint(no-restricted-imports)'))).toEqual(
    [...without(['src/streams', 'src/node', 'src/testing', 'src'], 'stream.ts'), 'src/json/system.ts']
      .map((file) => `${file}: eslint(no-restricted-imports)`)
      .toSorted(),
  );
  expect(found.filter((each) => each.endsWith('import(no-nodejs-modules)'))).toEqual(
    without(['src/node', 'src/cli', 'src/recorder'], 'system.ts')
      .map((file) => `${file}: import(no-nodejs-modules)`)
      .toSorted(),
  );
});

it('keeps what helps to test from Node.js, except where it says so', async () => {
  const found = await lint({
    'src/testing/node.ts': using('../node/index.js'),
    'src/testing/disk.ts': using('./node/index.js'),
    'src/testing/script/cli.ts': using('../../cli/main.js'),
    'src/testing/helper.ts': using('../../test/helpers/facts.js'),
    'src/testing/node/files.ts': `${using('node:fs')}${using('../bundle.js').replaceAll(/used|again/g, '$&2')}`,
  });
  const bad = ['disk', 'helper', 'node', 'script/cli'].map((name) => `src/testing/${name}.ts`);
  expect(found).toEqual(bad.map((file) => `${file}: eslint(no-restricted-imports)`));
});

it('refuses any, default exports, types imported as values, circles and focused tests', async () => {
  const found = await lint({
    'src/model/any.ts': 'export const x: any = 1;\n',
    'src/model/default.ts': 'export default 1;\n',
    'src/model/type.ts': "import { T } from './any.js';\nexport const t: T = 1;\n",
    'src/model/circle-a.ts': "import { b } from './circle-b.js';\nexport const a = b;\n",
    'src/model/circle-b.ts': "import { a } from './circle-a.js';\nexport const b = a;\n",
    'src/model/only.test.ts':
      "import { expect, it } from 'vitest';\nit.only('x', () => expect(1).toBe(1));\n",
    'src/model/skip.test.ts':
      "import { expect, it } from 'vitest';\nit.skip('x', () => expect(1).toBe(1));\n",
    'src/model/empty.test.ts': "import { it } from 'vitest';\nit('x', () => {});\n",
  });
  expect(found).toEqual([
    'src/model/any.ts: typescript(no-explicit-any)',
    'src/model/circle-a.ts: import(no-cycle)',
    'src/model/circle-b.ts: import(no-cycle)',
    'src/model/default.ts: import(no-default-export)',
    'src/model/empty.test.ts: vitest(expect-expect)',
    'src/model/only.test.ts: vitest(no-focused-tests)',
    'src/model/skip.test.ts: vitest(no-disabled-tests)',
    'src/model/type.ts: typescript(consistent-type-imports)',
  ]);
});
