import { describe, expect, it } from 'vitest';
import { message, type ItemDraft } from './items.js';
import { readRequest, type ModelRequest } from './request.js';
import { answerer, compacted, say, type Answer } from './script.js';

const asked = (thread: string, headers = {}, type = 'message'): ModelRequest =>
  readRequest({ input: [{ type }] }, { 'thread-id': thread, ...headers });

const itemsOf = (answer: Answer): readonly ItemDraft[] => (answer.type === 'items' ? answer.items : []);

describe('the models of a session', () => {
  it('answer each agent by a script of its own, and end a turn that no script foresees', () => {
    const answerTo = answerer({
      *root() {
        yield say(message('one'));
        yield say(message('two'));
      },
      *child(first) {
        yield say(message(`child ${first.thread}`));
      },
    });
    const child = asked('C', { 'x-openai-subagent': 'collab_spawn' });
    const answers = [asked('R'), child, asked('R'), asked('R')].map(answerTo);
    expect(answers.map(itemsOf)).toEqual([
      [message('one')],
      [message('child C')],
      [message('two')],
      [message('There is nothing left to do.')],
    ]);
  });

  it('hand each request to the script that waits for it', () => {
    const answerTo = answerer({
      *root(first) {
        const second = yield say(message(first.output));
        yield say(message(second.output));
      },
    });
    const outputs = ['a', 'b'].map((output) =>
      readRequest({ input: [{ type: 'function_call_output', output }] }, {}),
    );
    expect(outputs.map(answerTo).map(itemsOf)).toEqual([[message('"a"')], [message('"b"')]]);
  });

  it('compact beside the script of the agent', () => {
    const answerTo = answerer({
      *root() {
        yield say(message('before'));
        yield say(message('after'));
      },
    });
    const compaction = asked('R', {}, 'compaction_trigger');
    const answers = [asked('R'), compaction, asked('R')].map(answerTo);
    expect(answers).toEqual([say(message('before')), compacted(), say(message('after'))]);
  });
});
