import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { ObjectRef } from 'rollout-trace';
import { printRoute, readRoute, START, type Route } from './route.js';

export interface Navigation {
  readonly route: Route;
  /** Goes on; `quiet` leaves no entry in the history of the browser. */
  go(change: Partial<Route>, options?: { readonly quiet?: boolean }): void;
  select(ref: ObjectRef | null): void;
}

export const NavigationContext = createContext<Navigation>({ route: START, go: () => {}, select: () => {} });
export const useNavigation = (): Navigation => useContext(NavigationContext);

const subscribe = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed);
  addEventListener('popstate', changed);
  return () => {
    removeEventListener('hashchange', changed);
    removeEventListener('popstate', changed);
  };
};

/** The route as it stands in the address. */
export const useHashNavigation = (): Navigation => {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const route = useMemo(() => readRoute(hash), [hash]);
  const go = useCallback((change: Partial<Route>, { quiet = false } = {}) => {
    const next = printRoute({ ...readRoute(location.hash), ...change });
    if (next === location.hash) return;
    if (quiet) history.replaceState(null, '', next);
    else history.pushState(null, '', next);
    dispatchEvent(new PopStateEvent('popstate'));
  }, []);
  const select = useCallback((selected: ObjectRef | null) => go({ selected, event: null }), [go]);
  return useMemo(() => ({ route, go, select }), [route, go, select]);
};
