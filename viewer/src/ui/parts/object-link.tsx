import type { ReactNode } from 'react';
import type { ObjectRef } from 'rollout-trace';
import { printRoute } from '../route.js';
import { useNavigation } from '../use-route.js';

/** A link to an object that can be opened, copied and sent. */
export const ObjectLink = ({ to, children }: { readonly to: ObjectRef; readonly children: ReactNode }) => {
  const { route, select } = useNavigation();
  const isSelected = route.selected?.id === to.id && route.selected.table === to.table;
  return (
    <a
      className="object-link"
      data-table={to.table}
      aria-current={isSelected || undefined}
      href={printRoute({ ...route, selected: to, event: null })}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        event.stopPropagation();
        select(to);
      }}
    >
      {children}
    </a>
  );
};
