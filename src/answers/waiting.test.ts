import { describe, expect, it } from 'vitest';
import { explain, referencesOf, type ObjectRef } from '../index.js';
import { reduceInMemory } from '../../test/helpers/cascade.js';
import { subjects } from '../../test/laws/subjects.js';

const [ROOT, CHILD] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];

const storiesOf = (name: string) => {
  const subject = subjects.find((each) => each.name === name);
  if (!subject) throw new Error(`no subject ${name}`);
  const { trace, unresolved } = reduceInMemory(subject.opened, { strict: false });
  const references = referencesOf(trace);
  return (table: ObjectRef['table'], id: string) => explain(references, { table, id }, unresolved);
};

describe('a message that never arrived', () => {
  const storyOf = storiesOf('schema-1/agent-item-first');

  it('is told of the tool that sent it, its agent, and the agent that should have seen it', () => {
    for (const story of [storyOf('tool_calls', 't3'), storyOf('threads', ROOT), storyOf('threads', CHILD)]) {
      expect(story?.unresolved).toMatchObject([{ entity: 'edge:tool:t3', since: { seq: 12 } }]);
    }
  });

  it('is told of nothing else', () => {
    expect(storyOf('tool_calls', 't1')?.unresolved).toEqual([]);
    expect(storyOf('codex_turns', 'turn-c')?.unresolved).toEqual([]);
  });

  it('has a story of its own, from its sender back to the root', () => {
    const story = storyOf('interaction_edges', 'edge:tool:t3');
    expect(story).toMatchObject({ thread_id: ROOT, effects: [], missing: [], evidence: { seqs: [12] } });
    expect(story?.unresolved).toMatchObject([{ entity: 'edge:tool:t3' }]);
    expect(story?.lineage.map(({ relation, from }) => `${relation} ${from.id}`)).toEqual([
      'source t3',
      'started_by_codex_turn_id turn-1',
      `thread_id ${ROOT}`,
    ]);
  });
});

describe('a code cell whose source nobody saw', () => {
  const storyOf = storiesOf('schema-1/cell-never-materialized');

  it('is told of its agent, and of the tool that names it', () => {
    for (const story of [storyOf('threads', ROOT), storyOf('tool_calls', 'n1')]) {
      expect(story?.unresolved).toMatchObject([{ kind: 'code_cell', entity: 'code_cell:c1' }]);
    }
    expect(storyOf('code_cells', 'code_cell:c1')?.lineage[0]).toMatchObject({
      relation: 'thread_id',
      from: { table: 'threads', id: ROOT },
    });
  });

  it('is no object where nobody says that it waits', () => {
    expect(storyOf('interaction_edges', 'code_cell:c1')).toBeUndefined();
    expect(storyOf('code_cells', 'code_cell:c')).toBeUndefined();
  });
});
