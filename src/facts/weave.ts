import { rawEventTypes } from '../model/raw-event.js';
import type { Fact, FactType } from './facts.js';

/** Facts with which an entry of the log begins; all others follow from one. */
export const entryTypes: ReadonlySet<FactType> = new Set<FactType>([...rawEventTypes, 'unreadable_line']);

/**
 * Runs one stage over facts. What it does not read stays in its place, and so does what it passes; what it
 * makes of an entry of the log comes behind everything that the stages above made of that entry. So the
 * writes of an entry stand in the order of the stages, which is the order in which the original links an
 * output to its producers. The same list where it reads none of them: most events concern few stages.
 */
export const weave = <Read extends Fact>(
  facts: readonly Fact[],
  isRead: (fact: Fact) => fact is Read,
  take: (fact: Read, pass: (fact: Fact) => void, make: (fact: Fact) => void) => void,
): readonly Fact[] => {
  const first = facts.findIndex(isRead);
  if (first === -1) return facts;
  const woven = facts.slice(0, first);
  let made: Fact[] = [];
  const pass = (fact: Fact): void => void woven.push(fact);
  const make = (fact: Fact): void => void made.push(fact);
  for (const fact of facts.slice(first)) {
    if (made.length > 0 && entryTypes.has(fact.type)) {
      woven.push(...made);
      made = [];
    }
    if (isRead(fact)) take(fact, pass, make);
    else woven.push(fact);
  }
  woven.push(...made);
  return woven;
};
