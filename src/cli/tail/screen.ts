import { columnsOf } from '../columns.js';

/** The part of a terminal stream that a picture needs. */
export interface ScreenTerminal {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** A terminal that does not know its size says 0. */
const UNKNOWN = { columns: 80, rows: 24 };
const [HIDE_CURSOR, SHOW_CURSOR] = ['\u001b[?25l', '\u001b[?25h'];
const [CLEAR_TO_LINE_END, CLEAR_BELOW] = ['\u001b[K', '\u001b[J'];

/** Columns and lines that a picture may take. The last line is for the cursor; a full line would wrap. */
export const roomOn = ({ columns, rows }: ScreenTerminal) => ({
  width: Math.max(1, (columns || UNKNOWN.columns) - 1),
  height: Math.max(1, (rows || UNKNOWN.rows) - 1),
});

/** Draws pictures one over the other, where the cursor is: only the lines that differ are written. */
export const screen = (terminal: ScreenTerminal) => {
  let shown: readonly string[] = [];
  let size = sizeOf(terminal);
  let isDrawn = false;
  return {
    draw(lines: readonly string[]): void {
      const isResized = sizeOf(terminal) !== size;
      if (!isResized && isDrawn && sameLines(lines, shown)) return;
      // A terminal that became narrower has wrapped what stands there.
      const above = isResized ? rowsTaken(shown, terminal.columns || UNKNOWN.columns) : shown.length;
      const before = isResized ? [] : shown;
      const texts = lines.map((line, index) =>
        line === before[index] ? '\n' : `${line}${CLEAR_TO_LINE_END}\n`,
      );
      const isShorter = isResized || lines.length < shown.length;
      terminal.write(
        [
          isDrawn ? '' : HIDE_CURSOR,
          above > 0 ? `\r\u001b[${above}A` : '',
          isResized ? CLEAR_BELOW : '',
          ...texts,
          isShorter ? CLEAR_BELOW : '',
        ].join(''),
      );
      [shown, size, isDrawn] = [lines, sizeOf(terminal), true];
    },
    /** Leaves the last picture, and the cursor below it. */
    close(): void {
      if (isDrawn) terminal.write(SHOW_CURSOR);
      isDrawn = false;
    },
  };
};

const sizeOf = ({ columns, rows }: ScreenTerminal): string => `${columns} ${rows}`;

const sameLines = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, index) => line === b[index]);

const rowsTaken = (lines: readonly string[], columns: number): number =>
  lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(columnsOf(line) / columns)), 0);
