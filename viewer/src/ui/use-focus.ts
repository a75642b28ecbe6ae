import { useEffect, type RefObject } from 'react';

/** Gives an element the keys as soon as it is there: of `autoFocus`, React knows only for fields and buttons. */
export const useFocus = (element: RefObject<HTMLElement | null>): void => {
  useEffect(() => element.current?.focus({ preventScroll: true }), [element]);
};
