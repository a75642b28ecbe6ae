import type { ToolCallKind } from '../model/tool-kind.js';
import { terminalOf } from './readable-input.js';
import type { ToolInput } from './tool-input.js';

/**
 * What the graph takes a call for. Where the host does not say it the name does; a name that says nothing is that of a
 * tool like any other. So is a write that readers could not read, or to a terminal that the caller may not use: they
 * would refuse the whole recording.
 */
export const kindOf = (
  name: string,
  said: ToolCallKind | undefined,
  input: ToolInput | null,
  mayUse: (terminal: string) => boolean,
): ToolCallKind => {
  const kind = said ?? toolKind(name, input);
  if (kind.type !== 'write_stdin') return kind;
  const terminal = name === 'write_stdin' && input !== null ? terminalOf(input) : null;
  return terminal !== null && mayUse(terminal) ? kind : { type: 'other', name };
};

const toolKind = (name: string, input: ToolInput | null): ToolCallKind => {
  if (input?.type === 'mcp') return { type: 'mcp', server: input.server, tool: input.tool };
  const type = known.get(name);
  return type === undefined ? { type: 'other', name } : { type };
};

const known = new Map<string, Exclude<ToolCallKind['type'], 'mcp' | 'other'>>([
  ['exec_command', 'exec_command'],
  ['local_shell', 'exec_command'],
  ['shell', 'exec_command'],
  ['shell_command', 'exec_command'],
  ['write_stdin', 'write_stdin'],
  ['apply_patch', 'apply_patch'],
  ['web_search', 'web'],
  ['web_search_preview', 'web'],
  ['image_generation', 'image_generation'],
  ['image_query', 'image_generation'],
  ['spawn_agent', 'spawn_agent'],
  ['send_message', 'send_message'],
  ['followup_task', 'assign_agent_task'],
  ['wait_agent', 'wait_agent'],
  ['close_agent', 'close_agent'],
  ['interrupt_agent', 'close_agent'],
]);

/** The name that a reader sees, with its namespace or its server. */
export const toolLabel = (name: string, namespace: string | null, input: ToolInput | null): string => {
  if (input?.type === 'mcp') return `mcp:${input.server}:${input.tool}`;
  return namespace === null ? name : `${namespace}.${name}`;
};

/** What a tool was called with, on one short line of a viewer. */
export const inputPreview = (input: ToolInput): string => {
  switch (input.type) {
    case 'function':
      return preview(input.arguments);
    case 'custom':
      return preview(input.input);
    case 'local_shell':
      return preview(input.command.join(' '));
    case 'mcp':
      return preview(input.raw_arguments);
  }
};

const PREVIEW_CHARACTERS = 160;

/** The first 160 characters, counted as Unicode does, and three dots for the rest. */
export const preview = (text: string): string => {
  if (text.length <= PREVIEW_CHARACTERS) return text;
  // A character takes two units at most, so nothing behind these has to be looked at.
  const characters = Array.from(text.slice(0, 2 * PREVIEW_CHARACTERS + 2));
  if (characters.length <= PREVIEW_CHARACTERS) return text;
  return `${characters.slice(0, PREVIEW_CHARACTERS).join('')}...`;
};
