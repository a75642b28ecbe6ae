import type { Span } from '../../../views/timeline.js';
import { duration, kindWords } from '../../format.js';

interface HintProps {
  readonly span: Span;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What stands under the mouse. */
export const Hint = ({ span, x, y, width, height }: HintProps) => (
  <div
    className="hint"
    role="status"
    ref={(element) => {
      element?.style.setProperty('left', `${Math.min(x + 14, width - 340)}px`);
      element?.style.setProperty('top', `${Math.min(y + 14, height - 70)}px`);
    }}
  >
    <b>{span.label}</b>
    <span>
      {kindWords(span.ref.table)} · {span.status}
      {span.ended !== null && ` · ${duration(span.ended - span.started)}`}
    </span>
  </div>
);
