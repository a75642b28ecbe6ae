import { defineConfig } from 'vitest/config';

/** Tests that need Chromium, beside all others: `npm run test:browser`. */
export default defineConfig({
  test: { include: ['test/browser/**/*.test.ts'], testTimeout: 60_000 },
});
