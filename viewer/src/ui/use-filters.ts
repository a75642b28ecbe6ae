import { useMemo } from 'react';
import { filterFields, readFilters, type Filters } from './filters.js';
import { useNavigation } from './use-route.js';

interface FiltersState {
  readonly filters: Filters;
  change(filters: Partial<Filters>): void;
}

/** The filters of the address. They are the same object until one of them changes: much is made of them. */
export const useFilters = (): FiltersState => {
  const { route, go } = useNavigation();
  const text = new URLSearchParams(Object.fromEntries(filterFields(route.filters))).toString();
  return useMemo(() => {
    const filters = readFilters(new URLSearchParams(text));
    return { filters, change: (next) => go({ filters: { ...filters, ...next } }, { quiet: true }) };
  }, [text, go]);
};
