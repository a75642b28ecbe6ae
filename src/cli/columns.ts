/** What a terminal shows in two columns: East Asian wide scripts, full-width forms and pictures. */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
/** The half-width forms of those scripts. */
const HALF_WIDTH = /^[\uff61-\uffdc]/;
/** What stands on no column of its own. */
const MARKS_ONLY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const ASCII = /^[\x20-\x7e]*$/;

const graphemes = new Intl.Segmenter();

/**
 * Columns that a plain text takes on a terminal. Terminals differ in new or composed pictures; a text is
 * rather taken for too wide, because a line that wraps would spoil the lines below it.
 */
export const columnsOf = (text: string): number => {
  if (ASCII.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += columnsOfOne(segment);
  return columns;
};

/** Columns of the widest of some plain texts. */
export const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, columnsOf(text)), 0);

/** As much of a plain text as fits, with `…` for what does not. */
export const fit = (text: string, columns: number): string => {
  if (columnsOf(text) <= columns) return text;
  if (columns <= 0) return '';
  let kept = '';
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    taken += columnsOfOne(segment);
    if (taken > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
};

/** The text with spaces behind it, or cut, so that it takes just these columns. */
export const fill = (text: string, columns: number): string => {
  const fitting = fit(text, columns);
  return fitting + ' '.repeat(Math.max(0, columns - columnsOf(fitting)));
};

const columnsOfOne = (grapheme: string): number => {
  if (MARKS_ONLY.test(grapheme)) return 0;
  return WIDE.test(grapheme) && !HALF_WIDTH.test(grapheme) ? 2 : 1;
};
