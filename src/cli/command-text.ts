import { oneLine } from './words.js';

/** The command without the shell that Codex starts for it. */
export const commandText = ({
  command,
  display_command,
}: {
  readonly command: readonly string[];
  readonly display_command: string;
}): string => {
  const [, flag, script] = command;
  return oneLine(command.length === 3 && /^-l?c$/.test(flag ?? '') ? (script ?? '') : display_command);
};
