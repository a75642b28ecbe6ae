import fc from 'fast-check';

/**
 * What ends a property before its test times out, which would not tell the counterexample. A failure is reported as
 * far as it is shrunk by then. Without one, a slow machine is forgiven for doing fewer runs, but not for doing none.
 */
fc.configureGlobal({
  // Below half of the `testTimeout` in vitest.config.ts: some tests do more than check one property.
  interruptAfterTimeLimit: 120_000,
  // A run that hangs is a failure, and must not be taken for the slow machine.
  timeout: 60_000,
});
