import { plainText } from '../../src/cli/plain-text.js';
import type { Result, Row } from './row.js';

const HEAD = ['scenario', 'version', 'events', 'result'] as const;

/** The rows as lines, each column as wide as it has to be. */
export const table = (rows: readonly Row[]): readonly string[] => {
  const cells = rows.map(({ name, version, events, result }) => [
    name,
    version,
    String(events ?? '-'),
    plainText(wordsOf(result)),
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => '-'.repeat(Math.min(width, LONGEST_RULE)));
  return [[...HEAD], rule, ...cells].map((line) => printLine(line, widths));
};

/** The result comes last and may be long. */
const LONGEST_RULE = 40;

const printLine = (line: readonly string[], widths: readonly number[]): string =>
  line
    .map((cell, column) => {
      const width = widths[column] ?? 0;
      return HEAD[column] === 'events' ? cell.padStart(width) : cell.padEnd(width);
    })
    .join('  ')
    .trimEnd();

const wordsOf = (result: Result): string => {
  if (result.type === 'different') return `DIFFERENT: ${result.how}`;
  return result.note === undefined ? 'equal' : `equal: ${result.note}`;
};
