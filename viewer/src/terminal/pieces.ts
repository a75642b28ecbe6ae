/** A piece of what a program printed. */
export type Piece =
  /** Line breaks stand in it, no other control. */
  | { readonly type: 'text'; readonly text: string }
  /** A control character, or an escape of one letter. */
  | { readonly type: 'control'; readonly name: string }
  | { readonly type: 'sequence'; readonly parameters: string; readonly final: string };

/**
 * Titles, links and other strings for the terminal itself are shown by none. One that does not end is no such
 * string: what stands behind it would be gone with it.
 */
const HIDDEN = String.raw`\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|\x1b[PX^_][^\x1b]*\x1b\\|\x1b[()*+\-./#%][ -~]|\x1b[=>c]`;
const SEQUENCE = String.raw`\x1b\[([0-?]*)[ -/]*([@-~])`;
const pieces = new RegExp(String.raw`([\P{Cc}\n]+)|${SEQUENCE}|${HIDDEN}|\x1b([78MDE])|(\p{Cc})`, 'gu');
const escapes = new RegExp(`${SEQUENCE}|${HIDDEN}`, 'gu');

/** Cuts output into pieces, one behind the other; nothing but what a terminal hides is left out. */
export function* piecesOf(output: string): Generator<Piece, void, undefined> {
  for (const [, text, parameters, final, escape, control] of output.matchAll(pieces)) {
    if (text !== undefined) yield { type: 'text', text };
    else if (final !== undefined) yield { type: 'sequence', parameters: parameters ?? '', final };
    else if (escape !== undefined) yield { type: 'control', name: `ESC ${escape}` };
    else if (control !== undefined) yield { type: 'control', name: control };
  }
}

/** Output without what a terminal obeys, so that words are found across a change of colour. */
export const withoutEscapes = (output: string): string =>
  output.includes('\u001b') ? output.replace(escapes, '') : output;

/** Controls as signs that can be seen, line breaks and tabs as they are. */
export const withVisibleControls = (output: string): string =>
  output.replace(/[^\P{Cc}\n\t]/gu, (control) => visibleControl(control));

/** `␛` for the escape character. Those that have no sign stand as one that says so. */
export const visibleControl = (control: string): string => {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
};
