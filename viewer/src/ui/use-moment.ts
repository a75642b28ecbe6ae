import { createContext, useContext } from 'react';
import type { Overview } from '../views/overview.js';

/** The moment that is shown, and the session at a glance as it stood then (or shortly before, while it loads). */
export interface ShownMoment {
  readonly at: number;
  readonly overview: Overview | undefined;
}

export const MomentContext = createContext<ShownMoment>({ at: 0, overview: undefined });

export const useMoment = (): { readonly at: number; readonly overview: Overview } => {
  const { at, overview } = useContext(MomentContext);
  if (!overview) throw new Error('nothing of the session is known yet');
  return { at, overview };
};
