import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Every core: tests that are about time count work, or let time stand still.
    maxWorkers: '100%',
    // Some tests start processes or write whole bundles, on machines that may be slow: a limit ends what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    setupFiles: ['test/helpers/property-limits.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['src/**/*.test.ts', 'conformance/*/*.test.ts', 'viewer/src/**/*.test.ts'],
          // They leave nothing behind, and a process for each would take longer than all of them.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          // They need a browser: vitest.browser.config.ts.
          exclude: ['test/browser/**'],
        },
      },
    ],
  },
});
