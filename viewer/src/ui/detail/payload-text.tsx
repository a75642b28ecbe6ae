import { useMemo, useState } from 'react';
import { indented } from '../indented.js';
import { Code } from '../parts/code.js';
import { useAnswer } from '../use-answer.js';

/** A payload as it lies in its file, or indented. */
export const PayloadText = ({ path }: { readonly path: string }) => {
  const text = useAnswer('payload', { path });
  const [isRaw, setRaw] = useState(false);
  const shown = useMemo(() => (typeof text === 'string' && !isRaw ? indented(text) : text), [text, isRaw]);
  if (shown === undefined) return <p className="empty">reading…</p>;
  if (shown === null) return <p className="empty">The file is not there.</p>;
  return (
    <>
      <div className="payload-tools">
        <button aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
          bytes as they are
        </button>
      </div>
      <Code text={shown} language="json" />
    </>
  );
};
