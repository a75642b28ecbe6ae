import { ExactNumber, ExactObject, printExact, type ExactJson } from '../../json/exact.js';
import { parsedExact } from './parsed-exact.js';
import { isKeptKey, isKeptNumber, isKeptText, isOpaque } from './redaction-rules.js';

/** How strings of a recording are replaced; the same string always by the same one. */
export interface Replacements {
  text(text: string): string;
  agentPath(path: string): string;
  key(key: string): string;
}

const AGENT_PATH = /^\/root(?:\/[a-z0-9_]+)*$/;

/**
 * A JSON value of the same shape, in which nothing that was said or done is left. Lists keep their length, and
 * equal texts stay equal. JSON inside of a string is redacted as JSON: some of it names cells and agents.
 */
export const redactJson = (value: ExactJson, replace: Replacements): ExactJson => {
  const walk = (node: ExactJson, key: string, isOpen: boolean): ExactJson => {
    if (node === null || typeof node === 'boolean') return node;
    if (typeof node === 'string') return string(node, key, isOpen);
    if (node instanceof ExactNumber) return isOpen || isKeptNumber(key) ? node : new ExactNumber('0');
    if (node instanceof ExactObject) return object(node, isOpen);
    return node.map((entry) => walk(entry, key, isOpen));
  };
  const object = ({ entries }: ExactObject, isOpen: boolean): ExactObject =>
    new ExactObject(
      new Map(
        [...entries].map(([key, entry]) => [
          isOpen || isKeptKey(key) ? key : replace.key(key),
          walk(entry, key, isOpen && !isOpaque(key)),
        ]),
      ),
    );
  const string = (text: string, key: string, isOpen: boolean): string => {
    if (isKeptText(key, text, isOpen)) return text;
    if (AGENT_PATH.test(text)) return replace.agentPath(text);
    const inner = /^\s*[[{]/.test(text) ? parsedExact(text) : undefined;
    return inner === undefined || typeof inner === 'string'
      ? replace.text(text)
      : printExact(walk(inner, key, false));
  };
  return walk(value, '', true);
};
