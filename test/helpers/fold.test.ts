import { describe, expect, it } from 'vitest';
import { stagesOf } from '../../src/replay.js';
import { schema1 } from '../../src/schemas/schema-1.js';
import { threadEnded, threadStarted } from './facts.js';
import { foldCascade, foldsOf, reduceFacts } from './fold.js';

describe('the folded cascade', () => {
  it('has the stages of the streamed one, in their order', () => {
    const names = foldsOf(schema1).map(({ name }) => name);
    expect(names).toEqual(stagesOf(schema1).map(({ name }) => name));
  });

  it('reduces facts where they stand, or one after the other', () => {
    const events = [threadStarted({ seq: 7 }), threadEnded({ thread_id: 'T9', seq: 9 })];
    expect(foldCascade(events).diagnostics).toMatchObject([{ code: 'thread_unknown', line: 9 }]);
    expect(reduceFacts(...events).diagnostics).toMatchObject([{ code: 'thread_unknown', line: 2 }]);
  });
});
