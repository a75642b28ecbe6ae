import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { expect } from 'vitest';

/** Runs a scenario of marble diagrams in virtual time, and checks what it expects. */
export const holdsInTime = (scenario: (helpers: RunHelpers) => void): void =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(scenario);
