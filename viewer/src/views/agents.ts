import { grouped } from './grouped.js';
import { arrowsOfThreads } from './timeline.js';
import type { Moment } from './moment.js';

/** Agents and what went between them. */
export interface AgentGraph {
  readonly links: readonly AgentLink[];
}
export interface AgentLink {
  readonly from: string;
  readonly to: string;
  /** How often each kind went this way. */
  readonly kinds: readonly (readonly [kind: string, count: number])[];
  /** Ids of the edges. */
  readonly edges: readonly string[];
}

export const agentGraphOf = (moment: Moment): AgentGraph => {
  const groups = grouped(arrowsOfThreads(moment), ({ from, to }) => `${from}\n${to}`);
  const links = [...groups.values()].flatMap((arrows): readonly AgentLink[] => {
    const [first] = arrows;
    if (!first) return [];
    const kinds = grouped(arrows, ({ kind }) => kind);
    return [
      {
        from: first.from,
        to: first.to,
        kinds: [...kinds].map(([kind, own]) => [kind, own.length] as const),
        edges: arrows.map(({ ref }) => ref.id),
      },
    ];
  });
  return { links };
};
