import { useCallback, useEffect, useState } from 'react';

export interface Theme {
  readonly name: 'light' | 'dark';
  toggle(): void;
}

const KEY = 'rollout-trace.theme';

/** As the system has it, until somebody decides otherwise. */
export const useTheme = (): Theme => {
  const [chosen, setChosen] = useState(remembered);
  const [system, setSystem] = useState(systemTheme);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const changed = (): void => setSystem(systemTheme());
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  const name = chosen ?? system;
  useEffect(() => {
    document.documentElement.dataset['theme'] = name;
  }, [name]);
  const toggle = useCallback(() => {
    setChosen((before) => {
      const next = (before ?? systemTheme()) === 'dark' ? 'light' : 'dark';
      remember(next);
      return next;
    });
  }, []);
  return { name, toggle };
};

const systemTheme = (): Theme['name'] =>
  matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

/** A page that was opened as a file may be denied any memory. */
const remembered = (): Theme['name'] | undefined => {
  try {
    const name = localStorage.getItem(KEY);
    return name === 'light' || name === 'dark' ? name : undefined;
  } catch {
    return undefined;
  }
};

const remember = (name: Theme['name']): void => {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // The choice then holds for this page.
  }
};
