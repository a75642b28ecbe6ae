import { classesOf, plainPen, withSgr } from './pen.js';
import { piecesOf, visibleControl } from './pieces.js';
import { Row, type Run } from './row.js';

/** What a terminal has that nobody told its size. Lines longer than that are not wrapped. */
const ROWS = 24;
const COLUMNS = 80;
const TAB = 8;

/**
 * The lines that stand on a terminal when a program has printed its output, those that scrolled away first.
 * What is printed for an alternate screen stays among them, and what a program cleared stays above.
 */
export const linesOf = (output: string): readonly (readonly Run[])[] => {
  const screen = new Screen();
  for (const piece of piecesOf(output)) {
    if (piece.type === 'text') screen.print(piece.text);
    else if (piece.type === 'control') screen.control(piece.name);
    else screen.sequence(piece.parameters, piece.final);
  }
  return screen.lines();
};

class Screen {
  #line = new Row();
  readonly #rows = [this.#line];
  /** The first row that a program reaches: those above have scrolled away, or were cleared. */
  #top = 0;
  #row = 0;
  #column = 0;
  #saved = { row: 0, column: 0 };
  #pen = plainPen;
  #style = '';

  lines(): readonly (readonly Run[])[] {
    return this.#rows.map((row) => row.runs());
  }

  print(text: string): void {
    for (const character of text) {
      if (character === '\n') this.#moveTo(this.#row + 1, 0);
      else this.#column = this.#line.print(character, this.#column, this.#style);
    }
  }

  control(name: string): void {
    if (name === '\v' || name === '\f' || name === 'ESC E') this.#moveTo(this.#row + 1, 0);
    else if (name === 'ESC D') this.#goBelow(this.#row + 1);
    else if (name === 'ESC M') this.#go(this.#row - 1, this.#column);
    else if (name === '\r') this.#column = 0;
    else if (name === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (name === '\t') this.#column += TAB - (this.#column % TAB);
    else if (name === 'ESC 7') this.#saved = { row: this.#row - this.#top, column: this.#column };
    else if (name === 'ESC 8') this.#go(this.#top + this.#saved.row, this.#saved.column);
    else if (name !== '\u0007') this.print(visibleControl(name));
  }

  sequence(parameters: string, final: string): void {
    if (final === 'm') {
      // Those of a program's own, such as `>4;2`, are about its keys.
      if (/^[<=>?]/.test(parameters)) return;
      this.#pen = withSgr(this.#pen, parameters);
      this.#style = classesOf(this.#pen);
      return;
    }
    const [one = 0, two = 0] = parameters.split(';').map((each) => Number.parseInt(each, 10) || 0);
    const count = Math.max(1, one);
    if (final === 'A' || final === 'F') this.#go(this.#row - count, final === 'F' ? 0 : this.#column);
    else if (final === 'B' || final === 'E') this.#go(this.#row + count, final === 'E' ? 0 : this.#column);
    else if (final === 'C') this.#go(this.#row, this.#column + count);
    else if (final === 'D') this.#go(this.#row, this.#column - count);
    else if (final === 'G' || final === '`') this.#go(this.#row, count - 1);
    else if (final === 'H' || final === 'f') this.#go(this.#top + count - 1, Math.max(1, two) - 1);
    else if (final === 'd') this.#go(this.#top + count - 1, this.#column);
    else if (final === 's') this.control('ESC 7');
    else if (final === 'u' && parameters === '') this.control('ESC 8');
    else if (final === 'K') this.#eraseInRow(one);
    else if (final === 'J') this.#eraseOnScreen(one);
  }

  #moveTo(row: number, column: number): void {
    while (this.#rows.length <= row) this.#rows.push(new Row());
    this.#top = Math.max(this.#top, this.#rows.length - ROWS);
    this.#line = this.#rows[row] ?? this.#line;
    this.#row = row;
    this.#column = column;
  }

  /** Moves as far as the edges of the screen, on the right at least to the end of the line. */
  #go(row: number, column: number): void {
    this.#column = Math.max(column, 0);
    this.#goBelow(Math.min(Math.max(row, this.#top), this.#top + ROWS - 1));
  }

  /** Goes to a row that may not be there yet. */
  #goBelow(row: number): void {
    this.#moveTo(row, Math.min(this.#column, Math.max(COLUMNS - 1, this.#rows[row]?.width ?? 0)));
  }

  #eraseInRow(what: number): void {
    // Of a line that is longer than the screen is wide, what a terminal would have wrapped before stays.
    const from = this.#column - (what === 0 ? 0 : this.#column % COLUMNS);
    this.#line.erase(from, what === 1 ? this.#column + 1 : Infinity);
  }

  #eraseOnScreen(what: number): void {
    if (what === 0) {
      this.#eraseInRow(0);
      this.#rows.length = this.#row + 1;
    } else if (what === 1) {
      for (const row of this.#rows.slice(this.#top, this.#row)) row.erase(0, Infinity);
      this.#eraseInRow(1);
    } else if (what === 2) {
      // One that is empty was cleared before.
      if (this.#rows.slice(this.#top).every(({ width }) => width === 0)) return;
      const below = this.#row - this.#top;
      this.#top = this.#rows.length;
      this.#goBelow(this.#top + below);
    }
  }
}
