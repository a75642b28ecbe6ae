import Anser from 'anser';
import { useMemo } from 'react';

export interface TerminalProps {
  readonly command: string;
  readonly cwd: string | null;
  readonly output: string;
  readonly exitCode: string | null;
}

/** Characters of output that are shown; the payload has them all. */
const MOST = 100_000;

/** A command and what it printed, with the colours that it printed. */
export const Terminal = ({ command, cwd, output, exitCode }: TerminalProps) => {
  const pieces = useMemo(
    () => Anser.ansiToJson(asShown(output.slice(0, MOST)), { use_classes: true, remove_empty: true }),
    [output],
  );
  return (
    <div className="terminal" data-failed={exitCode !== null && exitCode !== '0'}>
      {cwd !== null && <div className="terminal-cwd">{cwd}</div>}
      <div className="terminal-command">
        <span aria-hidden="true">$ </span>
        {command}
      </div>
      <pre tabIndex={0}>
        {pieces.map((piece, index) => (
          <span
            key={index}
            className={[piece.fg, piece.bg && `${piece.bg}-bg`, ...piece.decorations]
              .filter(Boolean)
              .join(' ')}
          >
            {piece.content}
          </span>
        ))}
        {output.length > MOST && `\n… ${output.length - MOST} more characters in the payload`}
      </pre>
      {exitCode !== null && <div className="terminal-exit">exit code {exitCode}</div>}
    </div>
  );
};

/** A carriage return begins the line anew, as progress bars do. */
const asShown = (output: string): string =>
  output
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r') + 1))
    .join('\n');
