import { plainText } from '../plain-text.js';
import { counted } from '../words.js';

/** How much is shown of a text: one line of it, its head, or everything. */
export type Density = 'brief' | 'head' | 'full';

export interface DensityOptions {
  readonly brief?: true;
  readonly full?: true;
}

export const densityOf = ({ brief, full }: DensityOptions): Density =>
  full ? 'full' : brief ? 'brief' : 'head';

/** Lines of a head. */
const HEAD = 10;

/** Recorded text as lines that show themselves and do nothing else. */
export const plainLines = (text: string): readonly string[] =>
  text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => plainText(line.replaceAll('\t', '    ')));

/** As many lines of a recorded text as wanted, and how many were left out. */
export const excerpt = (text: string, density: Density): readonly string[] => {
  const lines = plainLines(text);
  const wanted = density === 'full' ? Infinity : HEAD;
  // One line that is left out takes as much room as saying so.
  if (lines.length <= wanted + 1) return lines;
  return [...lines.slice(0, wanted), `… ${counted(lines.length - wanted, 'more line')} (--full shows all)`];
};
