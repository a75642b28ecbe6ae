import { useState, type ReactNode } from 'react';

/** Characters that are shown until somebody wants more. */
const MOST = 40_000;

/** The beginning of a long text, and the button for all of it; a short one, and none. */
export const useBeginning = (text: string): { readonly shown: string; readonly button: ReactNode } => {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= MOST) return { shown: text, button: null };
  return {
    shown: isWhole ? text : text.slice(0, MOST),
    button: (
      <button aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
        all {text.length} characters
      </button>
    ),
  };
};
