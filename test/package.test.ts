import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');

/** These tests look at what was built: `npm test` builds first. */
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');

interface PackageJson {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}
const manifest: PackageJson = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const IMPORT = /^(?:import|export)\b[^'"=;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;

/** What a built module imports. */
const importsOf = (module: string): readonly string[] =>
  [...readFileSync(module, 'utf8').matchAll(IMPORT)].map(
    ([, from, effect, lazy]) => from ?? effect ?? lazy ?? '',
  );

/** All modules that a module leads to, itself included, and the packages that they import. */
const walk = (entry: string): { modules: ReadonlySet<string>; packages: ReadonlySet<string> } => {
  const modules = new Set([entry]);
  const packages = new Set<string>();
  for (const module of modules) {
    for (const specifier of importsOf(module)) {
      if (specifier.startsWith('.')) modules.add(path.join(path.dirname(module), specifier));
      else packages.add(specifier);
    }
  }
  return { modules, packages };
};

describe('the core', () => {
  const { modules, packages } = walk(path.join(dist, 'index.js'));

  it('needs no Node.js', () => {
    expect(modules).toContain(path.join(dist, 'replay.js'));
    expect([...packages].filter(isBuiltin)).toEqual([]);
    const rim = [...modules].map((module) => path.relative(dist, module).split(path.sep)[0]);
    expect(rim.filter((folder) => folder === 'node' || folder === 'cli')).toEqual([]);
  });

  it('stands on four packages', () => {
    expect([...packages].toSorted()).toEqual([
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      'immer',
      'rxjs',
      'zod/locales',
      'zod/mini',
    ]);
  });

  it('takes no more of a page than the README says, besides the packages that a page may have anyway', async () => {
    const [, budget] = /at most (\d+) kB besides `rxjs`, `zod` and `immer`/.exec(readme) ?? [];
    const { outputFiles } = await build({
      entryPoints: [path.join(dist, 'index.js')],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2023',
      external: ['rxjs', 'zod/*', 'immer'],
      write: false,
    });
    const [bundle] = outputFiles;
    const bytes = gzipSync(bundle?.contents ?? '').length;
    // 48.5 kB with answers, which are 5.2 of them and stay out where nobody imports them. More than the budget is worth a
    // thought, then a new number.
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThanOrEqual(Number(budget) * 1000);
  });
});

describe('what helps to test', () => {
  const { modules, packages } = walk(path.join(dist, 'testing/index.js'));

  it('needs no Node.js, no test runner and one package more than the core', () => {
    expect([...packages].filter(isBuiltin)).toEqual([]);
    expect([...packages].filter((name) => name.startsWith('vitest'))).toEqual([]);
    expect(packages).toContain('fast-check');
    const rim = [...modules].map((module) => path.relative(dist, module));
    expect(rim.filter((module) => /^(?:node|cli|testing\/node)\//.test(module))).toEqual([]);
  });
});

describe('the package', () => {
  const built = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => path.join(dist, file));

  it('imports only its own dependencies, and each of them', () => {
    const packages = new Set(
      built.flatMap(importsOf).filter((name) => !name.startsWith('.') && !isBuiltin(name)),
    );
    const names = [...packages].map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
    const own = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    expect([...new Set(names)].toSorted()).toEqual(own.toSorted());
  });

  it('holds the built modules with their types, the examples and the licence, and no tests', () => {
    const [pack]: readonly { readonly files: readonly { readonly path: string }[] }[] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    const files = (pack?.files ?? []).map((file) => file.path);
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'package.json',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/node/index.js',
        'dist/node/index.d.ts',
        'dist/testing/index.d.ts',
        'dist/testing/node/index.d.ts',
        'dist/cli/main.js',
        'examples/bundle/manifest.json',
        'examples/start.mjs',
      ]),
    );
    expect(files.filter((file) => /\.test\.|^src\/|^test\/|state\.json$/.test(file))).toEqual([]);
  });

  it('opens its four entries by name, and nothing behind them', () => {
    const code = `
      const names = async (entry) => Object.keys(await import(entry));
      const core = await names('rollout-trace');
      const node = await names('rollout-trace/node');
      const testing = await names('rollout-trace/testing');
      const disk = await names('rollout-trace/testing/node');
      const inner = await import('rollout-trace/dist/replay.js').catch(({ code }) => code);
      console.log(JSON.stringify([core.includes('reduceEvents'), node.includes('replayBundle'), testing.includes('sessions'), disk, inner]));
    `;
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(JSON.parse(printed)).toEqual([true, true, true, ['writeBundle'], 'ERR_PACKAGE_PATH_NOT_EXPORTED']);
  });

  it('has a command that tells its version', () => {
    const [command = ''] = Object.values(manifest.bin);
    const main = path.join(root, command);
    expect(readFileSync(main, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
    expect(execFileSync(process.execPath, [main, '--version'], { encoding: 'utf8' })).toBe(
      `${manifest.version}\n`,
    );
  });
});
