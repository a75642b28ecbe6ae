import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { tailRoot, type TailSnapshot } from '../../src/node/index.js';
import { caseFiles, edited } from '../cli/command.js';
import { writeFiles, type Files } from '../helpers/bundle-on-disk.js';
import {
  append,
  inFolder,
  lastOf,
  quickly,
  sample,
  sampleLines,
  holdsReplay,
  until,
  upTo,
  whileTailing,
} from './tailing.js';

const startedAt = (time: number, schema = 1): Files =>
  edited(upTo(sample, 0), 'manifest.json', (text) =>
    text.replace('_ms": 1000', `_ms": ${time}`).replace('"schema_version": 1', `"schema_version": ${schema}`),
  );
const [first = '', second = ''] = sampleLines;

it('follows the newest bundle of a root, by the time in its manifest', () =>
  inFolder(async (root) => {
    const [older, newest] = [path.join(root, 'trace-b'), path.join(root, 'trace-a')];
    writeFiles(newest, startedAt(2000));
    writeFiles(older, startedAt(1999));
    mkdirSync(path.join(root, 'trace-c'));
    await whileTailing(tailRoot(root, quickly), async (tailing) => {
      await until(() => tailing.snapshots.length > 0);
      append(older, first);
      append(newest, first);
      await until(() => lastOf(tailing).events > 0);
      expect(new Set(tailing.snapshots.map(({ directory }) => directory))).toEqual(new Set([newest]));
      await holdsReplay(tailing, newest);
    });
  }));

it('goes on to a newer bundle when that appears, and is deaf to older ones', () =>
  inFolder(async (root) => {
    const [older, current, next] = ['b', 'a', 'c'].map((name) => path.join(root, `trace-${name}`)) as [
      string,
      string,
      string,
    ];
    writeFiles(current, startedAt(2000));
    await whileTailing(tailRoot(root, quickly), async (tailing) => {
      await until(() => tailing.snapshots.length === 1);
      writeFiles(older, startedAt(1000));
      await sleep(40);
      append(current, first);
      await until(() => tailing.snapshots.length === 2);
      writeFiles(next, startedAt(3000));
      await until(() => tailing.snapshots.length === 3);
      append(current, second);
      append(next, first);
      await until(() => tailing.snapshots.length === 4);
      await sleep(30);
      expect(tailing.snapshots.map(({ directory, events }) => [path.basename(directory), events])).toEqual([
        ['trace-a', 0],
        ['trace-a', 1],
        ['trace-c', 0],
        ['trace-c', 1],
      ]);
      expect(tailing.end()).toBeUndefined();
    });
  }));

it('follows all bundles, those that are there and those that appear, where all are wanted', () =>
  inFolder(async (root) => {
    const [one, two] = [path.join(root, 'trace-1'), path.join(root, 'trace-2')];
    writeFiles(one, startedAt(1000));
    await whileTailing(tailRoot(root, { ...quickly, all: true }), async (tailing) => {
      const eventsOf = (folder: string) =>
        tailing.snapshots.filter(({ directory }) => directory === folder).map(({ events }) => events);
      await until(() => eventsOf(one).length === 1);
      writeFiles(two, startedAt(500));
      await until(() => eventsOf(two).length === 1);
      append(one, first);
      append(two, first);
      await until(() => tailing.snapshots.length === 4);
      expect([eventsOf(one), eventsOf(two)]).toEqual([
        [0, 1],
        [0, 1],
      ]);
    });
  }));

it('tells which bundles have ended, and goes on', () =>
  inFolder(async (root) => {
    const names = ['a', 'b'];
    for (const name of names) writeFiles(path.join(root, name), caseFiles('v2-recording-complete', 2));
    writeFiles(path.join(root, 'c'), sample);
    const ended: string[] = [];
    const onEnded = (directory: string): void => void ended.push(path.basename(directory));
    await whileTailing(tailRoot(root, { ...quickly, all: true, onEnded }), async (tailing) => {
      await until(() => ended.length === 2);
      expect(ended.toSorted()).toEqual(names);
      await holdsReplay({ ...tailing, snapshots: tailing.snapshots.filter(inC) }, path.join(root, 'c'));
      expect(tailing.end()).toBeUndefined();
    });
  }));

const inC = ({ directory }: TailSnapshot): boolean => path.basename(directory) === 'c';

it('waits for a root that is not there yet', () =>
  inFolder(async (folder) => {
    const root = path.join(folder, 'some', 'root');
    await whileTailing(tailRoot(root, quickly), async (tailing) => {
      await sleep(20);
      writeFiles(path.join(root, 'trace-1'), sample);
      await holdsReplay(tailing, path.join(root, 'trace-1'));
    });
  }));

it('errors for a bundle that cannot be followed', () =>
  inFolder(async (root) => {
    writeFiles(path.join(root, 'trace-1'), startedAt(1000, 9));
    await whileTailing(tailRoot(root, quickly), async (tailing) => {
      await until(() => tailing.end() !== undefined);
      expect(tailing.end()).toMatchObject({ error: { code: 'schema_unsupported' } });
    });
  }));

it('goes on without a bundle that cannot be followed, where somebody wants to hear of it', () =>
  inFolder(async (root) => {
    const [unknown, known] = [path.join(root, 'trace-1'), path.join(root, 'trace-2')];
    writeFiles(unknown, startedAt(1000, 9));
    const refused: unknown[] = [];
    const onRefused = (directory: string, { code }: { readonly code: string }) =>
      void refused.push([directory, code]);
    await whileTailing(tailRoot(root, { ...quickly, onRefused }), async (tailing) => {
      await until(() => refused.length > 0);
      writeFiles(known, startedAt(2000));
      await holdsReplay(tailing, known);
      expect(refused).toEqual([[unknown, 'schema_unsupported']]);
    });
  }));

it('ends with the reason of its signal', () =>
  inFolder(async (root) => {
    const controller = new AbortController();
    await whileTailing(tailRoot(root, { ...quickly, signal: controller.signal }), async (tailing) => {
      controller.abort('enough');
      expect(tailing.end()).toEqual({ error: 'enough' });
    });
  }));
