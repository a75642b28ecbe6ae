import type { Problem } from '../errors/trace-error.js';
import type { Fact } from '../facts/facts.js';
import { isWrite, type Write } from '../facts/writes.js';
import type { WireInteger } from '../model/integers.js';
import type { RolloutHeader, RolloutTrace } from '../model/rollout-trace.js';
import type { Unresolved } from '../model/unresolved.js';
import { SeqIndex } from '../trace/seq-index.js';
import { traceBuilder, type TraceBuilder } from '../trace/trace-builder.js';
import { withWrites } from '../trace/with-writes.js';
import type { Reduction } from './assemble.js';

/**
 * A session as it stood at any time. It never changes: a session that goes on gives a longer one, which shares
 * with it all that both remember.
 */
export interface TraceHistory {
  /** Events of the log; one that cannot be read counts too. */
  readonly length: number;
  /** Numbers of the first and the last event; null where there is none. */
  readonly firstSeq: WireInteger | null;
  readonly lastSeq: WireInteger | null;
  /**
   * What a reduction of the log gives that ends with the last event at or before `seq`. So it is behind all of
   * them where a number comes again or goes back, and before the first event where `seq` is before them all.
   */
  at(seq: WireInteger): Reduction;
  /** What a reduction of the first so many events gives. Throws a RangeError beyond 0 to `length`. */
  after(events: number): Reduction;
}

/** What the end of the log would bring. */
interface Foreseen {
  readonly outlook: readonly Fact[];
  readonly writes: readonly Write[];
  readonly problems: readonly Problem[];
  readonly unresolved: readonly Unresolved[];
}

/** The marks of one moment: how much of what was recorded had come by then. */
interface Moment {
  readonly writes: number;
  readonly problems: number;
  readonly foreseen: Foreseen;
}

/**
 * Records what each event writes, and the whole trace every so many events. A moment between two of these
 * checkpoints is the one before it, with the writes since.
 */
export class HistoryRecorder {
  readonly #every: number;
  readonly #builder: TraceBuilder;
  readonly #writes: Write[] = [];
  /** Several steps may meet the same unreadable payload: each problem counts once. */
  readonly #known = new Set<Problem>();
  readonly #problems: Problem[] = [];
  readonly #seqs = new SeqIndex();
  /** The first is before all events. */
  readonly #moments: Moment[] = [];
  readonly #checkpoints: RolloutTrace[] = [];

  constructor(header: RolloutHeader, every: number) {
    this.#builder = traceBuilder(header);
    this.#every = every;
  }

  /** Takes what came of an event, or a part of that. */
  record(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (isWrite(fact)) {
        this.#writes.push(fact);
        this.#builder.apply(fact);
      } else if (fact.type === 'unreadable_line') {
        this.#seqs.add(undefined);
        this.#report(fact.problem);
      } else if (fact.type === 'problem') this.#report(fact.problem);
      else if ('envelope' in fact) this.#seqs.add(fact.at.seq);
    }
  }

  /** Closes a moment, given what the end of the log would bring there; gives the history so far. */
  close(outlook: readonly Fact[]): TraceHistory {
    if (this.#moments.length % this.#every === 0) {
      this.#checkpoints.push(this.#builder.snapshot());
      this.#builder.takeChanges();
    }
    const before = this.#moments.at(-1)?.foreseen;
    // An outlook that did not change is the same list: many moments share what is made of it.
    const foreseen = before?.outlook === outlook ? before : foreseenIn(outlook);
    this.#moments.push({ writes: this.#writes.length, problems: this.#problems.length, foreseen });
    return this.#upTo(this.#moments.length - 1);
  }

  #report(problem: Problem): void {
    if (this.#known.has(problem)) return;
    this.#known.add(problem);
    this.#problems.push(problem);
  }

  #upTo(length: number): TraceHistory {
    const { first, last } = this.#seqs.range(length);
    return Object.freeze({
      length,
      firstSeq: first,
      lastSeq: last,
      at: (seq: WireInteger) => this.#after(this.#seqs.countAt(seq, length)),
      after: (events: number) => {
        if (Number.isInteger(events) && events >= 0 && events <= length) return this.#after(events);
        throw new RangeError(`${events} is no number of events from 0 to ${length}`);
      },
    });
  }

  #after(events: number): Reduction {
    const start = events - (events % this.#every);
    const [moment, checked] = [this.#moments[events], this.#moments[start]];
    const checkpoint = this.#checkpoints[start / this.#every];
    if (!moment || !checked || !checkpoint) throw new Error(`moment ${events} was never closed`);
    const { foreseen } = moment;
    const writes = this.#writes.slice(checked.writes, moment.writes);
    const problems = this.#problems.slice(0, moment.problems);
    return {
      trace: withWrites(checkpoint, [...writes, ...foreseen.writes]),
      diagnostics: [...new Set([...problems, ...foreseen.problems])],
      unresolved: [...foreseen.unresolved],
    };
  }
}

const foreseenIn = (outlook: readonly Fact[]): Foreseen => ({
  outlook,
  writes: outlook.filter(isWrite),
  problems: outlook.flatMap((fact) => (fact.type === 'problem' ? [fact.problem] : [])),
  unresolved: outlook.flatMap((fact) => (fact.type === 'unresolved' ? [fact.unresolved] : [])),
});
