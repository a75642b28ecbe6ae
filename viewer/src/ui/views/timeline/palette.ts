import type { Track } from '../../../views/timeline.js';

/** The colours of the page, for a canvas, which knows no style sheets. */
export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly band: string;
  readonly panel: string;
  readonly accent: string;
  readonly bad: string;
  readonly ink: string;
  readonly tracks: Readonly<Record<Track, string>>;
}

export const readPalette = (element: Element): Palette => {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: colour('--text'),
    muted: colour('--muted'),
    line: colour('--line'),
    band: colour('--band'),
    panel: colour('--panel'),
    accent: colour('--accent'),
    bad: colour('--bad'),
    ink: colour('--ink'),
    tracks: {
      turn: colour('--c-turn'),
      inference: colour('--c-inference'),
      tool: colour('--c-tool'),
      cell: colour('--c-cell'),
      terminal: colour('--c-terminal'),
      compaction: colour('--c-compaction'),
    },
  };
};
