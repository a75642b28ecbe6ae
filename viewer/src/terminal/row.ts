/** Characters in one style: the classes that show it. */
export interface Run {
  readonly text: string;
  readonly style: string;
}

/** Characters that take two columns of a terminal. */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
/** Characters that join the one before. */
const JOINS = /^[\p{Mark}\p{Cf}]/u;
/** Below it, no character is wide or joins. */
const FIRST_SPECIAL = '\u00ad';

/** One line of a screen: of each column its character, of a wide one's second column none, and its style. */
export class Row {
  readonly #cells: string[] = [];
  readonly #styles: string[] = [];

  get width(): number {
    return this.#cells.length;
  }

  /** Prints one character over what stands there. Returns the column behind it. */
  print(character: string, column: number, style: string): number {
    const isSpecial = character >= FIRST_SPECIAL;
    if (isSpecial && column > 0 && JOINS.test(character) && column <= this.width) {
      const owner = this.#cells[column - 1] === '' ? column - 2 : column - 1;
      this.#cells[owner] += character;
      return column;
    }
    const end = column + (isSpecial && WIDE.test(character) ? 2 : 1);
    this.#pad(column);
    this.#split(column);
    if (end < this.width) this.#split(end);
    this.#cells[column] = character;
    this.#styles[column] = style;
    if (end === column + 2) {
      this.#cells[column + 1] = '';
      this.#styles[column + 1] = style;
    }
    return end;
  }

  /** Erases from a column to before another. */
  erase(from: number, to: number): void {
    if (from >= this.width) return;
    this.#split(from);
    if (to < this.width) {
      this.#split(to);
      this.#cells.fill(' ', from, to);
      this.#styles.fill('', from, to);
    } else {
      this.#cells.length = from;
      this.#styles.length = from;
    }
  }

  /** What stands there, without the blanks at its end. */
  runs(): readonly Run[] {
    let end = this.width;
    while (end > 0 && this.#cells[end - 1] === ' ' && this.#styles[end - 1] === '') end -= 1;
    const runs: Run[] = [];
    for (let from = 0; from < end;) {
      const style = this.#styles[from] ?? '';
      let to = from + 1;
      while (to < end && this.#styles[to] === style) to += 1;
      runs.push({ text: this.#cells.slice(from, to).join(''), style });
      from = to;
    }
    return runs;
  }

  #pad(to: number): void {
    while (this.width < to) {
      this.#cells.push(' ');
      this.#styles.push('');
    }
  }

  /** Half of a wide character is none. */
  #split(column: number): void {
    if (this.#cells[column] !== '') return;
    this.#cells[column] = ' ';
    this.#cells[column - 1] = ' ';
  }
}
