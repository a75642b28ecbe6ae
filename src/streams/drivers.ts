import type { FactType } from '../facts/facts.js';
import type { LearnedType } from '../facts/learned.js';
import type { Gate } from '../gates/gate.js';
import type { Projection } from '../projections/projection.js';
import { gate } from './gate.js';
import { project } from './project.js';
import type { Stage } from './stage.js';

/** Makes stages of projections and gates. Streams are one way to drive them, a fold over a whole log another. */
export interface Drivers<Driven> {
  readonly project: <State extends object, Reads extends FactType, Learns extends LearnedType>(
    projection: Projection<State, Reads, Learns>,
  ) => Driven;
  readonly gate: <State extends object, Reads extends FactType>(definition: Gate<State, Reads>) => Driven;
}

export const streams: Drivers<Stage> = { project, gate };
