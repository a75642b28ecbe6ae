// Puts the built command and the packages that it needs into a few files: to load hundreds of modules takes
// longer than the work on most bundles.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = path.join(root, 'dist/bin');

const { metafile } = await build({
  absWorkingDir: root,
  // Threads load a file of their own.
  entryPoints: ['dist/cli/main.js', 'dist/cli/bundle-worker.js'],
  outdir,
  bundle: true,
  // What only one command needs stays in a file of its own, and is loaded with that command.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // For Node.js the package names its CommonJS files, of which nothing can be left out.
  alias: { rxjs: path.join(root, 'node_modules/rxjs/dist/esm/index.js') },
  // ndjson is CommonJS, and requires modules of Node.js.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  // Its threads load another file of the package.
  external: ['tinypool'],
  metafile: true,
  logLevel: 'warning',
});

/** Folders of the packages that went in: their licences ask to go with them. */
const packages = new Set(
  Object.keys(metafile.inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []),
);
const notices = [...packages].toSorted().map((folder) => {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(path.join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(path.join(root, folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}`.trimEnd();
});
writeFileSync(path.join(outdir, 'LICENSES.txt'), `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
