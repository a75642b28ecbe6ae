import { describe, expect, it } from 'vitest';
import { threadEnded, threadStarted } from './facts.js';
import { foldCascade, reduceFacts } from './fold.js';

describe('the folded cascade', () => {
  it('reduces facts where they stand, or one after the other', () => {
    const events = [threadStarted({ seq: 7 }), threadEnded({ thread_id: 'T9', seq: 9 })];
    expect(foldCascade(events).diagnostics).toMatchObject([{ code: 'thread_unknown', line: 9 }]);
    expect(reduceFacts(...events).diagnostics).toMatchObject([{ code: 'thread_unknown', line: 2 }]);
  });
});
