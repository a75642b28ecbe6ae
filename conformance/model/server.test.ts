import { afterEach, expect, it } from 'vitest';
import { message } from './items.js';
import { answer, failure } from './script.js';
import { startModel, type ModelServer } from './server.js';

let model: ModelServer | undefined;
afterEach(() => model?.close());

const ask = (path: string, body: unknown): Promise<Response> =>
  fetch(`http://127.0.0.1:${model?.port}/v1/${path}`, { method: 'POST', body: JSON.stringify(body) });

const input = [{ type: 'message', role: 'user' }];

it('streams a response, fails and cuts as the script says', async () => {
  model = await startModel({
    *root() {
      yield answer([message('Hello.')], { inputTokens: 7 });
      yield failure(500);
      yield answer([message('Hel')], { end: 'cut' });
    },
  });
  const whole = await (await ask('responses', { input })).text();
  expect(whole.match(/^event: .*$/gm)).toEqual([
    'event: response.created',
    'event: response.output_item.added',
    'event: response.output_item.done',
    'event: response.completed',
  ]);
  expect(whole).toContain('"text":"Hello."');
  expect(whole).toContain('"input_tokens":7');
  expect((await ask('responses', { input })).status).toBe(500);
  await expect(ask('responses', { input }).then((response) => response.text())).rejects.toThrow();
  expect(model.requests()).toBe(3);
});

it('compacts at an address of its own: what the user said stays', async () => {
  model = await startModel({ *root() {} });
  const compacted: unknown = await (await ask('responses/compact', { input })).json();
  expect(compacted).toEqual({
    id: 'response_1',
    output: [...input, { type: 'compaction', encrypted_content: 'the summary' }],
  });
});

it('remembers a request that it cannot read', async () => {
  model = await startModel({ *root() {} });
  await expect(ask('responses', { input: 'no list' })).rejects.toThrow();
  expect(() => model?.throwFailure()).toThrow(/expected array/);
});
