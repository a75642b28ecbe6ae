import { describe, expect, it } from 'vitest';
import { threadStarted, turnStarted } from '../../test/helpers/facts.js';
import { threadAppeared, turnAppeared } from '../../test/helpers/learned.js';
import type { Fact } from './facts.js';
import { weave } from './weave.js';

const entry = threadStarted();
const above = threadAppeared();
const next = turnStarted();
const own = turnAppeared();

const isRead = (fact: Fact): fact is Fact => fact !== above;

describe('weaving a stage into the facts', () => {
  it('puts what the stage makes behind what the stages above made of the same entry', () => {
    const woven = weave([entry, above, next], isRead, (fact, pass, make) => {
      pass(fact);
      if (fact === entry) make(own);
    });
    expect(woven).toEqual([entry, above, own, next]);
  });

  it('leaves out what does not pass', () => {
    expect(weave([above, entry, above], isRead, () => undefined)).toEqual([above, above]);
  });

  it('leaves the list as it is where the stage reads none of it', () => {
    const facts = [above, above];
    const take = (): never => expect.unreachable();
    expect(weave(facts, isRead, take)).toBe(facts);
  });
});
