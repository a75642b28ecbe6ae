import { linesIn, NEWLINE, type LogLine } from '../log-lines.js';

export type Line = Pick<LogLine, 'text' | 'position'>;

/** Puts the lines of a log together from pieces that may end anywhere, even inside a character. */
export interface LineAssembly {
  /** The lines that are complete now. Undefined where the piece contradicts a line that was taken early. */
  push(piece: Buffer): readonly Line[] | undefined;
  /** What stands behind the last line break, unless it was taken. */
  rest(): Line | undefined;
  /** Counts the rest as a line of its own. Nothing but blanks may come before its line break. */
  takeRest(): void;
}

export const lineAssembly = (): LineAssembly => {
  /** Joined only when a line ends: a long one that comes in small pieces would be copied again and again. */
  let pieces: Buffer[] = [];
  let line = 0;
  let taken = false;

  /** The piece without what still belongs to the taken line. */
  const behindTaken = (piece: Buffer): Buffer | undefined => {
    if (!taken) return piece;
    const end = piece.indexOf(NEWLINE);
    if (!isBlank(end === -1 ? piece : piece.subarray(0, end))) return undefined;
    if (end === -1) return piece.subarray(piece.length);
    taken = false;
    return piece.subarray(end + 1);
  };

  return {
    push(piece) {
      const open = behindTaken(piece);
      if (!open) return undefined;
      const end = open.lastIndexOf(NEWLINE);
      if (end === -1) {
        if (open.length > 0) pieces.push(Buffer.from(open));
        return [];
      }
      const texts = linesIn(Buffer.concat([...pieces, open.subarray(0, end)]));
      pieces = end + 1 < open.length ? [Buffer.from(open.subarray(end + 1))] : [];
      return texts.map((text) => {
        line += 1;
        const content = text?.endsWith('\r') ? text.slice(0, -1) : text;
        return { text: content, position: { line, complete: true } };
      });
    },
    rest() {
      if (pieces.length === 0) return undefined;
      pieces = [Buffer.concat(pieces)];
      const [text] = linesIn(pieces[0] ?? Buffer.alloc(0));
      return { text, position: { line: line + 1, complete: false } };
    },
    takeRest() {
      pieces = [];
      line += 1;
      taken = true;
    },
  };
};

/** What JSON ignores behind a value. */
const isBlank = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
