import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { since, thread, watchedSession } from '../../../test/helpers/watched.js';
import { changeJson } from './change-json.js';
import { printedOutput } from './printed-output.js';

/** A reader who takes nothing until it is told to. */
const slowReader = () => {
  const texts: string[] = [];
  let isAsleep = true;
  let taken: (() => void) | undefined;
  const output = new Writable({
    highWaterMark: 1,
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      texts.push(chunk);
      if (isAsleep) taken = done;
      else done();
    },
  });
  const wake = (): void => {
    isAsleep = false;
    taken?.();
  };
  return { output, wake, texts };
};
const countsOf = (texts: readonly string[]): readonly number[] =>
  texts
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).events);

describe('changes for a slow reader', () => {
  it('become one, so that what waits does not grow', async () => {
    const { output, wake, texts } = slowReader();
    const { signal } = new AbortController();
    const printed = printedOutput(output, { print: changeJson, all: false, signal });
    const session = watchedSession();
    for (let index = 0; index < 1000; index++)
      void printed.take(session([thread(`t${index}`, since(index))]));
    await turn();
    expect(countsOf(texts)).toEqual([1]);
    wake();
    await printed.end();
    expect(countsOf(texts)).toEqual([1, 1000]);
    expect(Object.keys(JSON.parse(texts.join('').split('\n')[1] ?? '').tables.threads)).toHaveLength(999);
  });

  it('are kept apart for each session', async () => {
    const { output, wake, texts } = slowReader();
    const { signal } = new AbortController();
    const printed = printedOutput(output, { print: changeJson, all: true, signal });
    const sessions = ['/traces/a', '/traces/b'].map((directory) => watchedSession(1, directory));
    for (const seq of [1, 2, 3]) {
      for (const session of sessions) void printed.take(session([thread(`t${seq}`, since(seq))]));
    }
    wake();
    await printed.end();
    const lines = texts
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ directory, events }) => [directory, events])).toEqual([
      ['/traces/a', 1],
      ['/traces/b', 3],
      ['/traces/a', 3],
    ]);
    expect(lines.map((line) => 'header' in line)).toEqual([true, true, false]);
  });

  it('are given up at an interrupt', async () => {
    const { output } = slowReader();
    const controller = new AbortController();
    const printed = printedOutput(output, { print: changeJson, all: false, signal: controller.signal });
    const printing = printed.take(watchedSession()([]));
    controller.abort();
    await expect(printing).rejects.toThrow(/abort/i);
    await printed.end();
  });
});

it.each([true, false])(
  'forgets a session that has ended, also one that waits to be printed (%j)',
  async (waits) => {
    const { output, wake, texts } = slowReader();
    const { signal } = new AbortController();
    const printed = printedOutput(output, { print: changeJson, all: true, signal });
    const session = watchedSession();
    for (const seq of [1, 2]) void printed.take(session([thread(`t${seq}`, since(seq))]));
    if (waits) printed.release('/traces/trace-1');
    wake();
    await printed.end();
    if (!waits) printed.release('/traces/trace-1');
    await printed.take(session([]));
    expect(texts.map((line) => 'header' in JSON.parse(line))).toEqual([true, false, true]);
  },
);

it('prints a session that is followed again as a new one, unless all are followed', async () => {
  const printedBy = async (all: boolean): Promise<readonly boolean[]> => {
    const { output, wake, texts } = slowReader();
    wake();
    const { signal } = new AbortController();
    const printed = printedOutput(output, { print: changeJson, all, signal });
    const [a, b] = [watchedSession(1, '/a'), watchedSession(1, '/b')];
    for (const session of [a, b, a]) await printed.take(session([]));
    return texts.map((line) => 'header' in JSON.parse(line));
  };
  expect(await printedBy(true)).toEqual([true, true, false]);
  expect(await printedBy(false)).toEqual([true, true, true]);
});
