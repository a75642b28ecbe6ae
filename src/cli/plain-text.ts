/** What a terminal obeys or hides: controls and escape sequences, line breaks, changes of direction. */
const NOT_PLAIN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Recorded text in one line that shows itself and does nothing else: ESC becomes `\u001b`. */
export const plainText = (text: string): string =>
  text.replace(NOT_PLAIN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Printed JSON for a terminal. What is not plain stands inside its strings, where the escape means the same
 * character: the value stays as it is.
 */
export const plainJson = (json: string): string => json.split('\n').map(plainText).join('\n');
