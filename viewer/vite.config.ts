import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const from = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Builds a page of four files with fixed names, which the command serves, or puts into one. */
export default defineConfig(({ mode }) => {
  const isWorker = mode === 'worker';
  return {
    root: from('.'),
    base: '/',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: from('../dist/viewer'),
      emptyOutDir: !isWorker,
      // Those of the packages that go in ask to go with them.
      license: { fileName: isWorker ? 'worker-LICENSES.md' : 'viewer-LICENSES.md' },
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      ...(isWorker
        ? {
            lib: {
              entry: from('src/worker/worker.ts'),
              formats: ['iife'] as const,
              name: 'worker',
              fileName: () => 'worker.js',
            },
          }
        : {}),
      rolldownOptions: isWorker
        ? {}
        : {
            output: {
              entryFileNames: 'viewer.js',
              assetFileNames: 'viewer[extname]',
              codeSplitting: false,
            },
          },
    },
  };
});
