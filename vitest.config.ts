import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'conformance/*/*.test.ts', 'viewer/src/**/*.test.ts'],
    // They need a browser: vitest.browser.config.ts.
    exclude: ['test/browser/**'],
    // Some tests start processes or write whole bundles, on machines that may be slow: a limit ends what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    setupFiles: ['test/helpers/property-limits.ts'],
  },
});
