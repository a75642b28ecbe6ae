import { rowsOf, type ObjectRef } from '../../answers/objects.js';
import type { TranscriptEntry } from '../../answers/transcript.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';
import { fit } from '../columns.js';
import { oneLine } from '../words.js';
import { plainText } from '../plain-text.js';
import { excerpt, type Density } from './density.js';
import { exitWords, itemKind, itemText, objectWords, toolName } from './object-words.js';
import type { Question } from './question.js';
import { objectName } from './statement-lines.js';

export interface Transcript {
  readonly object: ObjectRef;
  readonly entries: readonly TranscriptEntry[];
}

/** What the model saw for a reader: each item with who made it, and as much of it as wanted. */
export function* transcriptText(
  { trace, page }: Pick<Question, 'trace' | 'page'>,
  { object, entries }: Transcript,
  density: Density,
): Generator<string, void, undefined> {
  yield `${page.style('bold', fit(`${objectName(object)}: ${objectWords(trace, object)}`, page.width))}\n`;
  for (const entry of entries) {
    const { item } = entry;
    const title = [`${plainText(item.item_id)}  ${itemKind(item)}`, ...connections(trace, entry)].join(', ');
    if (isBoundary(entry)) {
      yield `\n${page.style('cyan', fit(`---- ${boundaryWords(trace, entry)}`, page.width))}\n`;
    } else if (density === 'brief') {
      yield `${fit(`${title}: ${oneLine(itemText(item))}`, page.width)}\n`;
    } else {
      yield `\n${page.style('dim', fit(title, page.width))}\n`;
      for (const line of excerpt(itemText(item), density)) {
        yield `${density === 'full' ? `  ${line}` : fit(`  ${line}`, page.width)}\n`;
      }
    }
  }
}

export const isBoundary = ({ item }: TranscriptEntry): boolean => item.kind === 'compaction_marker';

/** `compaction C1: 12 items became 3`. What stands above it, the model saw no more. */
export const boundaryWords = (trace: RolloutTrace, { producers }: TranscriptEntry): string => {
  const compaction = producers.find(({ table }) => table === 'compactions');
  if (!compaction) return 'compaction';
  return `${objectName(compaction)}: ${objectWords(trace, compaction)}; the model saw no more of what stands above`;
};

/** Who made an item, and which tool it asks for. */
export const connections = (trace: RolloutTrace, entry: TranscriptEntry): readonly string[] => {
  const made = madeBy(trace, entry);
  const asks = entry.asks_for.map((id) => {
    const tool = rowsOf(trace, 'tool_calls').get(id);
    return `asks for ${objectName({ table: 'tool_calls', id })}${tool ? ` (${toolName(tool)})` : ''}`;
  });
  return [...(made === '' ? [] : [made]), ...asks];
};

/** Nothing for what came with a request, such as a prompt. */
const madeBy = (trace: RolloutTrace, { origin, producers }: TranscriptEntry): string => {
  const maker = (table: ObjectRef['table']): string => {
    const found = producers.findLast((by) => by.table === table);
    return found ? objectName(found) : '';
  };
  switch (origin) {
    case 'request':
      return '';
    case 'response':
      return `from ${maker('inference_calls')}`;
    case 'tool':
      return `from ${maker('tool_calls')}`;
    case 'code_cell':
      return `from ${maker('code_cells')}`;
    case 'compaction':
      return `kept or written by ${maker('compactions')}`;
    case 'agent': {
      const edge = producers.find(({ table }) => table === 'interaction_edges');
      return `from another agent: ${edge ? objectWords(trace, edge) : ''}`;
    }
    case 'terminal': {
      const operation = producers.findLast(({ table }) => table === 'terminal_operations');
      const row = trace.terminal_operations.get(operation?.id ?? '');
      return `from ${maker('terminal_operations')}${row ? ` (${exitWords(row)})` : ''}`;
    }
  }
};
