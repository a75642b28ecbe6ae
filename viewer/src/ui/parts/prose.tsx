import { useBeginning } from './use-beginning.js';

/** Recorded words, in the lines that they have. */
export const Prose = ({ text, kind = 'text' }: { readonly text: string; readonly kind?: string }) => {
  const { shown, button } = useBeginning(text);
  return (
    <>
      <div className="prose" data-kind={kind} tabIndex={0}>
        {shown}
      </div>
      {button && <div className="payload-tools">{button}</div>}
    </>
  );
};
