import { rawEventTypes } from '../model/raw-event.js';
import type { Fact, FactType } from './facts.js';

/** Facts with which an entry of the log begins; all others follow from one. */
export const entryTypes: ReadonlySet<FactType> = new Set<FactType>([...rawEventTypes, 'unreadable_line']);

/**
 * Runs one stage over facts. What it passes stays in its place; what it makes of an entry of the log comes
 * behind everything that the stages above made of that entry. So the writes of an entry stand in the order
 * of the stages, which is the order in which the original links an output to its producers.
 */
export const weave = (
  facts: readonly Fact[],
  take: (fact: Fact, pass: (fact: Fact) => void, make: (fact: Fact) => void) => void,
): Fact[] => {
  const woven: Fact[] = [];
  let made: Fact[] = [];
  const pass = (fact: Fact): void => void woven.push(fact);
  const make = (fact: Fact): void => void made.push(fact);
  for (const fact of facts) {
    if (made.length > 0 && entryTypes.has(fact.type)) {
      woven.push(...made);
      made = [];
    }
    take(fact, pass, make);
  }
  woven.push(...made);
  return woven;
};
