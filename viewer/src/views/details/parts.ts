import type { ExecutionWindow, TerminalOperation } from 'rollout-trace';
import type { Block, Fact, Told } from '../told.js';
import { operationLine } from '../labels.js';
import type { Moment } from '../moment.js';

export type Teller = (moment: Moment, id: string) => Told | undefined;

export const textBlock = (title: string, text: string): Block => ({ type: 'text', title, text });

export const items = (title: string, ids: readonly string[]): readonly Block[] =>
  ids.length === 0 ? [] : [{ type: 'items', title, ids }];

export const facts = (...pairs: readonly (readonly [label: string, value: unknown])[]): readonly Fact[] =>
  pairs.flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value: String(value) }],
  );

export const windowFacts = (window: ExecutionWindow): readonly Fact[] => {
  const { started_at_unix_ms: started, ended_at_unix_ms: ended, started_seq, ended_seq } = window;
  return facts(
    ['started', `${new Date(Number(started)).toISOString()} · seq ${started_seq}`],
    ['ended', ended === null ? null : `${new Date(Number(ended)).toISOString()} · seq ${ended_seq}`],
    ['took', ended === null ? null : `${Number(ended) - Number(started)} ms`],
  );
};

export const terminalBlock = (operation: TerminalOperation, title: string): Block => {
  const { request, result } = operation;
  const output = result
    ? (result.formatted_output ?? [result.stdout, result.stderr].filter(Boolean).join('\n'))
    : '';
  return {
    type: 'terminal',
    title,
    command: request.type === 'exec_command' ? request.display_command : operationLine(operation),
    cwd: request.type === 'exec_command' ? request.cwd : null,
    output,
    exitCode: result?.exit_code === null || result === null ? null : String(result.exit_code),
  };
};
