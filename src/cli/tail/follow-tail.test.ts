import { NEVER, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { TailSnapshot } from '../../node/index.js';
import { watchedSession } from '../../../test/helpers/watched.js';
import { follow } from './follow-tail.js';

const snapshot = (directory = '/a'): TailSnapshot => watchedSession(1, directory)([]);
const never = new AbortController().signal;

describe('following', () => {
  it('ends with the source', async () => {
    const source = new Subject<TailSnapshot>();
    const taken: string[] = [];
    const end = follow([source], ({ directory }) => void taken.push(directory), never);
    source.next(snapshot());
    source.complete();
    await end;
    expect(taken).toEqual(['/a']);
  });

  it('leaves the other sources as soon as one has something', async () => {
    const [first, second] = [new Subject<TailSnapshot>(), new Subject<TailSnapshot>()];
    const taken: string[] = [];
    const end = follow([first, second], ({ directory }) => void taken.push(directory), never);
    second.next(snapshot('/b'));
    expect([first.observed, second.observed]).toEqual([false, true]);
    first.next(snapshot('/a'));
    second.next(snapshot('/b'));
    second.complete();
    await end;
    expect(taken).toEqual(['/b', '/b']);
  });

  it('ends at an interrupt, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const source = new Subject<TailSnapshot>();
    const end = follow([source, NEVER], () => undefined, controller.signal);
    controller.abort();
    await end;
    expect(source.observed).toBe(false);
  });

  it('ends at once where the interrupt came before it', async () => {
    const source = new Subject<TailSnapshot>();
    await follow([source], () => undefined, AbortSignal.abort());
    expect(source.observed).toBe(false);
  });

  it.each([
    ['of the source', () => undefined, (source: Subject<TailSnapshot>) => source.error(new Error('broken'))],
    [
      'of the printer',
      () => Promise.reject(new Error('broken')),
      (source: Subject<TailSnapshot>) => source.next(snapshot()),
    ],
    [
      'of the view',
      () => {
        throw new Error('broken');
      },
      (source: Subject<TailSnapshot>) => source.next(snapshot()),
    ],
  ])('fails with the error %s', async (_, take, cause) => {
    const source = new Subject<TailSnapshot>();
    const end = follow([source], take, never);
    cause(source);
    await expect(end).rejects.toThrow('broken');
    expect(source.observed).toBe(false);
  });
});
