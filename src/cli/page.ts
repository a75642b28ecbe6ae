import { styleText } from 'node:util';
import { columnsOf, fill, widest } from './columns.js';

/** The terminal, pipe or file that a text is for. */
interface Medium {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Style = 'bold' | 'dim' | 'red' | 'cyan';

/** How a text may look: plain and as long as it is in a pipe, in colours and cut to the width of a terminal. */
export interface Page {
  /** Columns of a line; Infinity where nothing is to be cut. */
  readonly width: number;
  /** For text that has its final width: colours take no column. */
  readonly style: (style: Style, text: string) => string;
}

/** A terminal that does not know its width says 0. */
const UNKNOWN_WIDTH = 80;

export const pageFor = (
  { isTTY, columns }: Medium,
  environment: Readonly<Record<string, string | undefined>>,
): Page => {
  const width = isTTY === true ? columns || UNKNOWN_WIDTH : Infinity;
  const isColoured = isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  const style = (wanted: Style, text: string): string =>
    isColoured && text !== '' ? styleText(wanted, text, { validateStream: false }) : text;
  return { width, style };
};

/** Columns up to which a cell may widen its column: a longer one pushes only its own line. */
const WIDEST = 56;

/** Rows as lines in which the cells of a column begin, or with `right` end, below each other. */
export const aligned = (
  rows: readonly (readonly string[])[],
  { right = [] }: { readonly right?: readonly number[] } = {},
): readonly string[] => {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, column) => columnWidth(rows, column));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        if (columnsOf(cell) > width) return cell;
        return right.includes(column) ? cell.padStart(width) : fill(cell, width);
      })
      .join('  ')
      .trimEnd(),
  );
};

const columnWidth = (rows: readonly (readonly string[])[], column: number): number =>
  widest(rows.map((row) => row[column] ?? '').filter((cell) => columnsOf(cell) <= WIDEST));
