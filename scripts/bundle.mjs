// Puts the built command and the packages that it needs into a few files: to load hundreds of modules takes
// longer than the work on most bundles.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { bundled, root } from './bundled.mjs';

const outdir = path.join(root, 'dist/bin');

const { metafile } = await build({
  ...bundled,
  // Threads load a file of their own.
  entryPoints: ['dist/cli/main.js', 'dist/cli/bundle-worker.js'],
  outdir,
  // What only one command needs stays in a file of its own, and is loaded with that command.
  splitting: true,
  metafile: true,
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
