import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import { createLowlight } from 'lowlight';
import { Fragment, useMemo, type ReactNode } from 'react';
import { useBeginning } from './use-beginning.js';

const lowlight = createLowlight({ bash, javascript, json });

export type Language = 'bash' | 'javascript' | 'json';

/** Beyond it colours cost more than they help. */
const MOST = 60_000;

type Tree = ReturnType<typeof lowlight.highlight>;
type Node = Tree['children'][number];

/** Text with its words coloured. It becomes text nodes, never markup. */
export const Code = ({ text, language }: { readonly text: string; readonly language: Language }) => {
  const { shown: read, button } = useBeginning(text);
  const tree = useMemo(
    () => (read.length > MOST ? undefined : lowlight.highlight(language, read)),
    [read, language],
  );
  return (
    <>
      <pre className="code" tabIndex={0}>
        <code>{tree ? tree.children.map(shown) : read}</code>
      </pre>
      {button && <div className="payload-tools">{button}</div>}
    </>
  );
};

const shown = (node: Node, index: number): ReactNode => {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return null;
  const { className } = node.properties;
  return (
    <span key={index} className={Array.isArray(className) ? className.join(' ') : undefined}>
      {node.children.map((child, at) => (
        <Fragment key={at}>{shown(child, at)}</Fragment>
      ))}
    </span>
  );
};
