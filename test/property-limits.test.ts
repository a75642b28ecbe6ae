import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import config from '../vitest.config.js';

/** A property under the limits of all, some of them so short that a test can wait for them. */
const checked = (run: (value: number) => Promise<void>, limits: fc.Parameters<[number]>) =>
  fc.check(fc.asyncProperty(fc.nat(), run), { seed: 1, ...limits });

const forever = new Promise<void>(() => {});

describe('a property', () => {
  it('ends before its test times out', () => {
    const { timeout = Infinity, interruptAfterTimeLimit = Infinity } = fc.readConfigureGlobal();
    expect(timeout).toBeLessThan(interruptAfterTimeLimit);
    expect(interruptAfterTimeLimit).toBeLessThan(config.test?.testTimeout ?? 0);
  });

  it('reports its counterexample as far as it is shrunk when its time is over', async () => {
    const tooLarge = async (value: number) => {
      await sleep(100);
      expect(value).toBeLessThan(1000);
    };
    const { failed, interrupted, counterexample } = await checked(tooLarge, {
      interruptAfterTimeLimit: 1000,
    });
    expect([failed, interrupted]).toEqual([true, true]);
    expect(counterexample?.[0]).toBeGreaterThan(1000);
  });

  it('passes with fewer runs on a slow machine, but not with none', async () => {
    let runs = 0;
    const limits = { interruptAfterTimeLimit: 300 };
    const slow = await checked(() => (runs++ === 0 ? Promise.resolve() : forever), limits);
    expect(slow).toMatchObject({ failed: false, interrupted: true, numRuns: 1 });
    expect(await checked(() => forever, limits)).toMatchObject({ failed: true, numRuns: 0 });
  });

  it('fails where a run hangs', async () => {
    const hanging = await checked(() => forever, { timeout: 50, endOnFailure: true });
    expect(hanging).toMatchObject({ failed: true, counterexample: [expect.any(Number)] });
  });
});
