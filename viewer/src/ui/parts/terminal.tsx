import { useState } from 'react';
import { withVisibleControls } from '../../terminal/pieces.js';
import { Screen } from './screen.js';
import { useBeginning } from './use-beginning.js';

export interface TerminalProps {
  readonly command: string;
  readonly cwd: string | null;
  readonly output: string;
  readonly exitCode: string | null;
}

/** What only a terminal follows. */
const FOLLOWED = /[^\P{Cc}\n]/u;

/** A command and what it left on its terminal, or the characters that it printed. */
export const Terminal = ({ command, cwd, output, exitCode }: TerminalProps) => {
  const [isRaw, setRaw] = useState(false);
  const { shown, button } = useBeginning(output);
  const isFollowed = FOLLOWED.test(output);
  return (
    <>
      <div className="terminal" data-failed={exitCode !== null && exitCode !== '0'}>
        {cwd !== null && <div className="terminal-cwd">{cwd}</div>}
        <div className="terminal-command">
          <span aria-hidden="true">$ </span>
          {command}
        </div>
        <pre tabIndex={0}>{isRaw ? withVisibleControls(shown) : <Screen output={shown} />}</pre>
        {exitCode !== null && <div className="terminal-exit">exit code {exitCode}</div>}
      </div>
      {(isFollowed || button) && (
        <div className="payload-tools">
          {isFollowed && (
            <button aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
              characters as they came
            </button>
          )}
          {button}
        </div>
      )}
    </>
  );
};
