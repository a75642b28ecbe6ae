import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * How built code goes into few files together with the packages that it needs.
 * @satisfies {import('esbuild').BuildOptions}
 */
export const bundled = /** @type {const} */ ({
  absWorkingDir: root,
  bundle: true,
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
  logLevel: 'warning',
});
