import { printExact } from '../../json/exact.js';
import { parsedExact } from './parsed-exact.js';
import { redactJson } from './redact-json.js';

/** Takes what was said and done out of a recording, and leaves its shape. */
export interface Redaction {
  line(text: string): string;
  payload(text: string): string;
}

/** One for a whole recording: equal texts stay equal in all of its files, or nothing would fit together. */
export const redaction = (): Redaction => {
  const texts = new Map<string, string>();
  const names = new Map<string, string>();
  const keys = new Map<string, string>();
  const once = (known: Map<string, string>, text: string, make: (count: number) => string): string => {
    const replaced = known.get(text) ?? make(known.size + 1);
    known.set(text, replaced);
    return replaced;
  };
  const replacements = {
    text: (text: string) => once(texts, text, (count) => `[text ${count}: ${text.length} characters]`),
    key: (key: string) => once(keys, key, (count) => `key_${count}`),
    agentPath: (path: string) =>
      path
        .split('/')
        .map((name) =>
          name === '' || name === 'root' ? name : once(names, name, (count) => `agent_${count}`),
        )
        .join('/'),
  };
  const redact = (text: string): string => {
    const value = parsedExact(text);
    // What is no JSON stays none, so that the same problem is found.
    return value === undefined ? '[redacted' : printExact(redactJson(value, replacements));
  };
  return { line: redact, payload: redact };
};
