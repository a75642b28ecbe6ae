import { truncateSync } from 'node:fs';
import path from 'node:path';
import type { Observable } from 'rxjs';
import { expect, expectTypeOf, it } from 'vitest';
import { defineProjection } from '../../src/index.js';
import { replayBundle, tailBundle, tailRoot, type TailSnapshot } from '../../src/node/index.js';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import {
  append,
  inFolder,
  quickly,
  sample,
  sampleLines as lines,
  until,
  whileTailing,
  withLog,
} from './tailing.js';

const seqs = defineProjection({
  reads: ['inference_started', 'thread_appeared'],
  initial: () => ({ started: [] as number[], threads: new Set<string>() }),
  step({ started, threads }, fact) {
    if (fact.type === 'thread_appeared') threads.add(fact.thread_id);
    else started.push(Number(fact.at.seq));
  },
});
const projections = { seqs };

it('shows what a projection of a user comes to, as a replay of the log so far does', () =>
  inFolder(async (folder) => {
    writeFiles(folder, withLog(''));
    const tail$ = tailBundle(folder, { ...quickly, projections });
    expectTypeOf(tail$).toExtend<Observable<TailSnapshot>>();
    await whileTailing(tail$, async ({ snapshots }) => {
      await until(() => snapshots.length === 1);
      expectTypeOf(snapshots[0]?.views).toEqualTypeOf<
        | {
            readonly seqs: { readonly started: readonly number[]; readonly threads: ReadonlySet<string> };
          }
        | undefined
      >();
      expect(snapshots[0]?.views).toEqual({ seqs: seqs.initial() });
      for (const [index, line] of lines.entries()) {
        append(folder, line);
        await until(() => snapshots.at(-1)?.events === index + 1);
        expect(snapshots.at(-1)?.views).toEqual((await replayBundle(folder, { projections })).views);
      }
      expect(snapshots.at(-1)?.views.seqs.started).not.toEqual([]);
    });
  }));

it('begins it anew where the bundle is followed from its start again', () =>
  inFolder(async (root) => {
    const folder = path.join(root, 'trace-1');
    writeFiles(folder, sample);
    await whileTailing(tailRoot(root, { ...quickly, projections }), async ({ snapshots }) => {
      await until(() => snapshots.at(-1)?.events === lines.length);
      truncateSync(path.join(folder, 'trace.jsonl'), 0);
      await until(() => snapshots.at(-1)?.events === 0);
      expect(snapshots.at(-1)).toMatchObject({ restart: 'truncated', views: { seqs: seqs.initial() } });
    });
  }));

it('errors with what it throws, and follows the bundle no more', () =>
  inFolder(async (folder) => {
    const picky = defineProjection({
      reads: ['thread_started'],
      initial: () => ({}),
      step() {
        throw new RangeError('not this one');
      },
    });
    writeFiles(folder, sample);
    await whileTailing(tailBundle(folder, { ...quickly, projections: { picky } }), async (tailing) => {
      await until(() => tailing.end() !== undefined);
      expect(tailing.end()).toEqual({ error: new RangeError('not this one') });
      expect(tailing.snapshots).toEqual([]);
    });
  }));

it('has no views where no projections are given', () =>
  inFolder(async (folder) => {
    writeFiles(folder, sample);
    await whileTailing(tailBundle(folder, quickly), async ({ snapshots }) => {
      await until(() => snapshots.length > 0);
      expect(snapshots[0]?.views).toEqual({});
    });
  }));
