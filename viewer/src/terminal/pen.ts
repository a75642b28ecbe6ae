const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
type Colour = (typeof colours)[number];

/** What characters are printed with. Hidden text is not known: what was recorded stays to be seen. */
export interface Pen {
  readonly foreground: Colour | null;
  readonly background: Colour | null;
  readonly marks: ReadonlySet<string>;
}

export const plainPen: Pen = { foreground: null, background: null, marks: new Set() };

const marks = new Map([
  [1, 'bold'],
  [2, 'dim'],
  [3, 'italic'],
  [4, 'underline'],
  [7, 'reverse'],
  [9, 'strikethrough'],
]);
const unmarks = new Map([
  [22, ['bold', 'dim']],
  [23, ['italic']],
  [24, ['underline']],
  [27, ['reverse']],
  [29, ['strikethrough']],
]);

/** Follows the parameters of one SGR sequence, such as `1;31`. What it does not know changes nothing. */
export const withSgr = (pen: Pen, parameters: string): Pen => {
  const rest = parameters.split(';');
  let next = pen;
  for (let field = rest.shift(); field !== undefined; field = rest.shift()) {
    const code = Number.parseInt(field, 10) || 0;
    const isWide = code === 38 || code === 48;
    const colour = isWide ? wideColour(field.includes(':') ? field.split(':').slice(1) : rest) : undefined;
    next = isWide ? inColour(next, code === 48, colour) : withCode(next, code);
  }
  return next;
};

const withCode = (pen: Pen, code: number): Pen => {
  if (code === 0) return plainPen;
  const mark = marks.get(code);
  if (mark !== undefined) return { ...pen, marks: new Set([...pen.marks, mark]) };
  const gone = unmarks.get(code);
  if (gone) return { ...pen, marks: new Set([...pen.marks].filter((each) => !gone.includes(each))) };
  const [tens, unit] = [Math.floor(code / 10), code % 10];
  if (![3, 4, 9, 10].includes(tens)) return pen;
  return inColour(pen, tens === 4 || tens === 10, unit === 9 ? null : colours[unit]);
};

const inColour = (pen: Pen, isBackground: boolean, colour: Colour | null | undefined): Pen => {
  if (colour === undefined) return pen;
  return isBackground ? { ...pen, background: colour } : { ...pen, foreground: colour };
};

/** Takes the colour of a palette of 256, or one of red, green and blue, off the fields. */
const wideColour = (fields: string[]): Colour | undefined => {
  const number = (): number => Number.parseInt(fields.shift() ?? '', 10) || 0;
  const kind = number();
  if (kind === 2) {
    // Between colons, a colour space may stand before the three.
    if (fields.length > 3 && fields[0] === '') fields.shift();
    return nearest(number(), number(), number());
  }
  if (kind !== 5) return undefined;
  const index = number();
  if (index < 16) return colours[index % 8];
  if (index >= 232) return index < 244 ? 'black' : 'white';
  const cube = index - 16;
  return nearest(Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6);
};

/** Of any colour the hue is kept: as it is, it might not be seen on the ground of a theme. */
const nearest = (red: number, green: number, blue: number): Colour | undefined => {
  const half = Math.max(red, green, blue) / 2;
  return colours[Number(red > half) + 2 * Number(green > half) + 4 * Number(blue > half)];
};

/** The classes that show it, none for the plain one. */
export const classesOf = ({ foreground, background, marks: own }: Pen): string =>
  [foreground && `ansi-${foreground}`, background && `ansi-${background}-bg`, ...own]
    .filter((each) => each !== null)
    .join(' ');
