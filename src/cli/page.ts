import { styleText } from 'node:util';
import { columnsOf, fill, fit, widest } from './columns.js';

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

interface Layout {
  /** Columns that end below each other, where rows stand in columns. */
  readonly right?: readonly number[];
  /** Spaces before each line. */
  readonly indent?: number;
}

/**
 * Rows as lines that fit on a page. They stand in columns if these have room; else each row takes as many lines
 * as it needs, so that a narrow page hides no cell.
 */
export const laidOut = (
  rows: readonly (readonly string[])[],
  { width }: Pick<Page, 'width'>,
  { right = [], indent = 0 }: Layout = {},
): readonly string[] => {
  const margin = ' '.repeat(indent);
  const lines = aligned(rows, { right }).map((line) => margin + line);
  if (widest(lines) <= width) return lines;
  const beside = indent + Math.min(columnWidth(rows, 0), Math.floor(width / 3));
  return rows.flatMap(([head = '', ...cells]) => wrapped(margin + head, cells, beside, width));
};

/** The cells behind the first one, below each other where they do not fit beside each other. */
const wrapped = (
  head: string,
  cells: readonly string[],
  beside: number,
  width: number,
): readonly string[] => {
  const lines: string[] = [];
  let line = head + ' '.repeat(Math.max(0, beside - columnsOf(head)));
  for (const cell of cells.filter((each) => each !== '')) {
    if (columnsOf(line) > beside && columnsOf(line) + 2 + columnsOf(cell) > width) {
      lines.push(line);
      line = ' '.repeat(beside);
    }
    line += `  ${cell}`;
  }
  return [...lines, line].map((each) => fit(each.trimEnd(), width));
};
