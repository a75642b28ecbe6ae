import { useEffect, useMemo, useRef, useState } from 'react';
import { linesOf } from '../../terminal/screen.js';
import type { Run } from '../../terminal/row.js';

type Line = readonly Run[];

/** Lines that are put on the page in one go. */
const CHUNK = 100;

/** The lines that a program left on its terminal, coloured where they are in sight. */
export const Screen = ({ output }: { readonly output: string }) => {
  const chunks = useMemo(() => {
    const lines = linesOf(output);
    return Array.from({ length: Math.ceil(lines.length / CHUNK) }, (_, index) =>
      lines.slice(index * CHUNK, (index + 1) * CHUNK),
    );
  }, [output]);
  return chunks.map((lines, index) => <Chunk key={index} lines={lines} isFirst={index === 0} />);
};

const Chunk = ({ lines, isFirst }: { readonly lines: readonly Line[]; readonly isFirst: boolean }) => {
  const [isSeen, setSeen] = useState(isFirst);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isSeen || !element.current) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [isSeen]);
  const runs = useMemo(() => joined(lines), [lines]);
  return (
    <div className="chunk" ref={element}>
      {isSeen ? runs.map(shown) : runs.map(({ text }) => text).join('')}
    </div>
  );
};

const shown = ({ text, style }: Run, index: number) =>
  style === '' ? (
    text
  ) : (
    <span key={index} className={style}>
      {text}
    </span>
  );

/** Lines in as few pieces as there are changes of style. */
const joined = (lines: readonly Line[]): readonly Run[] => {
  const runs: Run[] = [];
  let text = '';
  let style = '';
  const end = (next: string): void => {
    if (text !== '') runs.push({ text, style });
    [text, style] = ['', next];
  };
  for (const [index, line] of lines.entries()) {
    if (index > 0) text += '\n';
    for (const run of line) {
      if (run.style !== style) end(run.style);
      text += run.text;
    }
  }
  end('');
  return runs;
};
