import type { ConversationPart } from 'rollout-trace';
import { Code } from './code.js';

/** The parts of an item, as the model saw them. */
export const ItemParts = ({ parts }: { readonly parts: readonly ConversationPart[] }) =>
  parts.map((part, index) => <ItemPart key={index} part={part} />);

const ItemPart = ({ part }: { readonly part: ConversationPart }) => {
  switch (part.type) {
    case 'text':
      return <Prose text={part.text} />;
    case 'summary':
      return <Prose text={part.text} kind="summary" />;
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

const Prose = ({ text, kind = 'text' }: { readonly text: string; readonly kind?: string }) =>
  isJson(text) ? (
    <Code text={indented(text)} language="json" />
  ) : (
    <div className="prose" data-kind={kind}>
      {text}
    </div>
  );

const isJson = (text: string): boolean => {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const indented = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);
