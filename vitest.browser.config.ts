import { defineConfig } from 'vitest/config';

/** Tests that need Chromium, beside all others: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    // A limit ends what hangs: a busy machine may take long for each step.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
