import { describe, expect, it } from 'vitest';
import { threadStarted, turnStarted } from '../../test/helpers/facts.js';
import { threadAppeared, turnAppeared } from '../../test/helpers/learned.js';
import { weave } from './weave.js';

const entry = threadStarted();
const above = threadAppeared();
const next = turnStarted();
const own = turnAppeared();

describe('weaving a stage into the facts', () => {
  it('puts what the stage makes behind what the stages above made of the same entry', () => {
    const woven = weave([entry, above, next], (fact, pass, make) => {
      pass(fact);
      if (fact === entry) make(own);
    });
    expect(woven).toEqual([entry, above, own, next]);
  });

  it('leaves out what does not pass', () => {
    expect(weave([entry, above], (fact, pass) => fact === entry && pass(fact))).toEqual([entry]);
  });
});
