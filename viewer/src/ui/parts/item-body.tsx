import type { ConversationPart } from 'rollout-trace';
import { useMemo } from 'react';
import { indented } from '../indented.js';
import { Code } from './code.js';
import { Prose } from './prose.js';

/** The parts of an item, as the model saw them. */
export const ItemParts = ({ parts }: { readonly parts: readonly ConversationPart[] }) =>
  parts.map((part, index) => <ItemPart key={index} part={part} />);

const ItemPart = ({ part }: { readonly part: ConversationPart }) => {
  switch (part.type) {
    case 'text':
      return <Words text={part.text} />;
    case 'summary':
      return <Words text={part.text} kind="summary" />;
    case 'code':
      return <Code text={part.source} language="javascript" />;
    case 'json':
      return <Code text={part.summary} language="json" />;
    case 'encoded':
      return (
        <p className="opaque">
          {part.label}, {part.value.length} characters
        </p>
      );
    case 'payload_ref':
      return (
        <p className="opaque">
          {part.label} in {part.raw_payload_id}
        </p>
      );
  }
};

/** Text, or a value whose text it is. */
const Words = ({ text, kind }: { readonly text: string; readonly kind?: string }) => {
  const json = useMemo(() => (/^\s*[[{]/.test(text) ? indented(text) : text), [text]);
  return json === text ? <Prose text={text} {...(kind && { kind })} /> : <Code text={json} language="json" />;
};
