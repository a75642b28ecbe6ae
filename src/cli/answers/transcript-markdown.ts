import { plainText } from '../plain-text.js';
import { oneLine } from '../words.js';
import { excerpt, type Density } from './density.js';
import { itemKind, itemText, objectWords } from './object-words.js';
import type { Question } from './question.js';
import { objectName } from './statement-lines.js';
import { boundaryWords, connections, isBoundary, type Transcript } from './transcript-text.js';

/** What the model saw as Markdown. Recorded text stands in fences and code spans: it is no Markdown and no HTML. */
export function* transcriptMarkdown(
  { trace }: Pick<Question, 'trace'>,
  { object, entries }: Transcript,
  density: Density,
): Generator<string, void, undefined> {
  yield `# ${span(objectName(object))}\n\n${span(objectWords(trace, object))}\n`;
  for (const entry of entries) {
    const { item } = entry;
    if (isBoundary(entry)) {
      yield `\n---\n\n${span(boundaryWords(trace, entry))}\n`;
      continue;
    }
    const by = [plainText(item.item_id), ...connections(trace, entry)].map(span).join(', ');
    if (density === 'brief') {
      yield `\n- ${itemKind(item)}, ${by}: ${span(oneLine(itemText(item)))}\n`;
      continue;
    }
    yield `\n## ${itemKind(item)}\n\n${by}\n\n${fenced(excerpt(itemText(item), density))}`;
  }
}

/** A code span or fence is closed by as many backticks as open it: more than there are in a row inside. */
const ticksAround = (text: string, least: number): string => {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
};

const span = (text: string): string => {
  const ticks = ticksAround(text, 1);
  return text === '' ? '' : `${ticks} ${text} ${ticks}`;
};

const fenced = (lines: readonly string[]): string => {
  const ticks = ticksAround(lines.join('\n'), 3);
  return `${ticks}text\n${lines.join('\n')}\n${ticks}\n`;
};
