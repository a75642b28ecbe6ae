import type { Block } from '../../views/told.js';
import { Code } from '../parts/code.js';
import { ItemParts } from '../parts/item-body.js';
import { ObjectLink } from '../parts/object-link.js';
import { Prose } from '../parts/prose.js';
import { Terminal } from '../parts/terminal.js';
import { useAnswer } from '../use-answer.js';
import { useMoment } from '../use-moment.js';

export const Blocks = ({ blocks }: { readonly blocks: readonly Block[] }) =>
  blocks.map((block, index) => (
    <section key={index} className="block">
      <h3>{block.title}</h3>
      <BlockBody block={block} />
    </section>
  ));

const BlockBody = ({ block }: { readonly block: Block }) => {
  switch (block.type) {
    case 'text':
      return <Prose text={block.text} />;
    case 'code':
      return <Code text={block.text} language="javascript" />;
    case 'terminal':
      return <Terminal {...block} />;
    case 'items':
      return <Items ids={block.ids} />;
  }
};

const Items = ({ ids }: { readonly ids: readonly string[] }) => {
  const { at } = useMoment();
  const bodies = useAnswer('items', { at, ids });
  return bodies?.map(({ id, parts }) => (
    <article key={id} className="item">
      <header>
        <ObjectLink to={{ table: 'conversation_items', id }}>{id}</ObjectLink>
      </header>
      <ItemParts parts={parts} />
    </article>
  ));
};
