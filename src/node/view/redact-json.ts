import { ExactNumber, ExactObject, printExact, type ExactJson } from '../../json/exact.js';
import { isAgentPath } from '../../payloads/agents.js';
import { isKeptKey, isKeptValue, isKnownTool, isName, isOpaque, isReadKey } from './kept-words.js';
import { parsedExact } from './parsed-exact.js';
import type { Pseudonyms } from './pseudonyms.js';
import {
  isId,
  isMeasure,
  isModel,
  isPayloadPath,
  isPlainId,
  isReadId,
  isReadMeasure,
  isUsualPlace,
} from './redaction-rules.js';

/**
 * A JSON value of the same shape, in which nothing that was said or done is left. Lists keep their length, and
 * equal texts stay equal. JSON inside of a string is redacted as JSON: some of it names cells and agents.
 */
export const redactJson = (value: ExactJson, pseudonyms: Pseudonyms): ExactJson => {
  /** Below `key`; open as long as the format alone decides what stands there. */
  const walk = (node: ExactJson, key: string, isOpen: boolean): ExactJson => {
    if (node === null || typeof node === 'boolean') return node;
    if (typeof node === 'string') return string(node, key, isOpen);
    if (node instanceof ExactNumber) {
      const isKept = isOpen ? isMeasure(key) : isReadMeasure(key);
      return isKept ? node : otherNumber(node, pseudonyms);
    }
    if (node instanceof ExactObject) return object(node, isOpen);
    return node.map((entry) => walk(entry, key, isOpen));
  };

  const object = ({ entries }: ExactObject, isOpen: boolean): ExactObject =>
    new ExactObject(
      new Map(
        [...entries].map(([key, entry]) => {
          const isKept = isOpen ? isKeptKey(key) : isReadKey(key);
          return [
            isKept ? key : pseudonyms.key(key),
            walk(entry, isKept ? key : '', isOpen && isKept && !isOpaque(key)),
          ];
        }),
      ),
    );

  const string = (text: string, key: string, isOpen: boolean): string => {
    if (text === '') return text;
    if (isOpen ? isId(key) : isReadId(key)) return idOf(text, pseudonyms);
    if (isOpen && key === 'path') return payloadPath(text, pseudonyms);
    if (isAgentPath(text)) return agentPath(text, pseudonyms);
    if (isOpen && isName(key)) return isKnownTool(text) ? text : pseudonyms.name(text);
    if (isOpen && isKept(key, text)) return text;
    const inner = MAY_BE_JSON.test(text) ? parsedExact(text) : undefined;
    return inner === undefined
      ? pseudonyms.text(text)
      : pseudonyms.json(text, printExact(walk(inner, '', false)));
  };
  return walk(value, '', true);
};

/** An integer beyond 64 bits, or beyond 128, stays one: it is a flaw where it is read. */
const otherNumber = (number: ExactNumber, pseudonyms: Pseudonyms): ExactNumber => {
  const count = BigInt(pseudonyms.number(number.literal));
  const isWide = /^-?\d+$/.test(number.literal) && !number.isInteger;
  const floor = isWide ? WIDTHS.findLast((width) => width <= BigInt(number.literal)) : undefined;
  return new ExactNumber(String((floor ?? 0n) + count));
};

const WIDTHS = [1n << 64n, 1n << 128n];

const MAY_BE_JSON = /^\s*(?:[[{"\d-]|true|false|null)/;

const isKept = (key: string, text: string): boolean =>
  isKeptValue(key, text) || isModel(key, text) || isUsualPlace(key, text);

export const idOf = (text: string, pseudonyms: Pseudonyms): string =>
  isPlainId(text) ? text : pseudonyms.id(text);

export const payloadPath = (path: string, pseudonyms: Pseudonyms): string =>
  isPayloadPath(path) ? path : pseudonyms.text(path);

/** Agents have other names in the same places; the path of an agent ends with its name. */
const agentPath = (path: string, pseudonyms: Pseudonyms): string => {
  const [, root, ...names] = path.split('/');
  return ['', root, ...names.map((name) => pseudonyms.name(name))].join('/');
};
