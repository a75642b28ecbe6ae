import { useEffect } from 'react';
import { viewNames } from './route.js';
import type { Navigation } from './use-route.js';
import type { Milestones } from './use-milestones.js';

/** Keys that hold everywhere; lists and the timeline have their own. */
export const keyHelp = [
  ['← →', 'one event back, one on (with Shift: ten)'],
  ['Home, End', 'before the first event, behind the last'],
  ['f', 'the first event that says of a failure; again: the next one'],
  ['1 – 6', 'timeline, conversation, agents, tokens, problems, events'],
  ['/', 'search everything'],
  ['↓ ↑, j k', 'next and previous in the list or on the timeline'],
  ['Tab, Enter', 'go to filters, tabs and links, and open what is marked'],
  ['+ −, w s, a d, 0', 'zoom and move the timeline, and show all of it'],
  ['x', 'timeline by time, or by events'],
  ['v', 'conversation in lines, beginnings, or in full'],
  ['Escape', 'close what is open'],
  ['t', 'light or dark'],
  ['?', 'this help'],
] as const;

/** 1 for the next of a list, -1 for the one before, 0 for any other key and where the key is for a choice. */
export const stepOf = ({ key, target }: { readonly key: string; readonly target: EventTarget }): number => {
  if (isTyping(target)) return 0;
  if (key === 'j' || key === 'ArrowDown') return 1;
  return key === 'k' || key === 'ArrowUp' ? -1 : 0;
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type=range]), textarea, select') || target.isContentEditable);

export const useKeys = (
  { go }: Navigation,
  { jump }: Milestones,
  { at, events }: { readonly at: number; readonly events: number },
  open: (dialog: 'search' | 'help' | null) => void,
  toggleTheme: () => void,
): void => {
  useEffect(() => {
    const step = (by: number): void => goTo(at + by);
    const goTo = (number: number): void => go({ at: Math.min(events, Math.max(0, number)) }, { quiet: true });
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') {
        open(null);
        if (!isTyping(event.target)) go({ selected: null, event: null });
        return;
      }
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const view = viewNames[Number(event.key) - 1];
      if (view !== undefined) go({ view });
      else if (event.key === 'ArrowLeft') step(event.shiftKey ? -10 : -1);
      else if (event.key === 'ArrowRight') step(event.shiftKey ? 10 : 1);
      else if (event.key === 'Home') goTo(0);
      else if (event.key === 'End') go({ at: null }, { quiet: true });
      else if (event.key === '/') open('search');
      else if (event.key === '?') open('help');
      else if (event.key === 't') toggleTheme();
      else if (event.key === 'f') void jump('failure', 'next');
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [jump, go, at, events, open, toggleTheme]);
};
