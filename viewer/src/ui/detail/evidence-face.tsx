import { useState } from 'react';
import type { Evidence, EvidenceFile } from '../../views/evidence.js';
import { byteCount, clock, words } from '../format.js';
import { PayloadText } from './payload-text.js';
import { useNavigation } from '../use-route.js';

/** The raw events that name an object, and the files that they name. */
export const EvidenceFace = ({ evidence }: { readonly evidence: Evidence }) => {
  const { go } = useNavigation();
  return (
    <>
      <section className="block">
        <h3>{evidence.events.length} raw events</h3>
        <ol className="event-list">
          {evidence.events.map((event) => (
            <li key={event.number}>
              <button onClick={() => go({ event: event.number })}>
                <b>{event.number}</b>
                <span>{words(event.type)}</span>
                <span className="muted">{clock(event.time)}</span>
              </button>
            </li>
          ))}
        </ol>
      </section>
      <section className="block">
        <h3>{evidence.payloads.length} payloads</h3>
        {evidence.payloads.map((file) => (
          <File key={file.id} file={file} />
        ))}
      </section>
    </>
  );
};

const File = ({ file }: { readonly file: EvidenceFile }) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="payload" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {words(file.kind)}{' '}
        <small>
          {file.path} · {file.problem ?? byteCount(file.bytes)}
        </small>
      </summary>
      {isOpen && <PayloadText path={file.path} />}
    </details>
  );
};
