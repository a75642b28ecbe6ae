import { JsonSyntaxError, parseExact, type ExactJson } from '../../json/exact.js';

/** Undefined for text that is no JSON. */
export const parsedExact = (text: string): ExactJson | undefined => {
  try {
    return parseExact(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return undefined;
  }
};
