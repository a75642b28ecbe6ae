import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { tailBundle } from '../../src/node/index.js';
import { caseFiles, edited } from '../cli/command.js';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import {
  append,
  inFolder,
  inStillTime,
  lastOf,
  logBytes,
  quickly,
  sample,
  sampleLines as lines,
  holdsReplay,
  until,
  upTo,
  whileTailing,
  withLog,
} from './tailing.js';

const ended =
  '{"schema_version":1,"seq":11,"wall_time_unix_ms":1110,"rollout_id":"rollout-m","thread_id":null,' +
  '"codex_turn_id":null,"payload":{"type":"rollout_ended","status":"completed"}}\n';

describe('the end', () => {
  it('comes in schema 1 when nothing was appended for a while behind the end of the rollout', () =>
    inStillTime((pass) =>
      inFolder(async (folder) => {
        writeFiles(folder, withLog(lines.slice(0, 3).join('') + ended));
        await whileTailing(tailBundle(folder, quickly), async (tailing) => {
          await until(() => tailing.snapshots.length > 0);
          for (const [index, line] of lines.slice(3).entries()) {
            pass(quickly.quietMs - 1);
            append(folder, line);
            await until(() => lastOf(tailing).events === index + 5);
          }
          expect(lastOf(tailing)).toMatchObject({ events: 11, trace: { status: 'completed' } });
          expect(tailing.end()).toBeUndefined();
          pass(quickly.quietMs);
          await until(() => tailing.end() !== undefined);
          expect(tailing.end()).toBe('complete');
        });
      }),
    ));

  it('comes in schema 2 at once when the recording says that it is complete', () =>
    inFolder(async (folder) => {
      writeFiles(folder, caseFiles('v2-recording-complete', 2));
      const tail$ = tailBundle(folder, { ...quickly, quietMs: 60_000 });
      await whileTailing(tail$, async (tailing) => {
        await until(() => tailing.end() !== undefined);
        expect(tailing.end()).toBe('complete');
        await holdsReplay(tailing, folder);
      });
    }));

  it('comes never by itself to the recording of a process that was killed, unless its user sets a time', () =>
    inFolder(async (folder) => {
      const complete = caseFiles('v2-recording-complete', 2);
      const log = logBytes(complete);
      writeFiles(folder, upTo(complete, log.lastIndexOf('\n', log.length - 2) + 1));
      await whileTailing(tailBundle(folder, { ...quickly, pollMs: 1, quietMs: 1 }), async (tailing) => {
        await holdsReplay(tailing, folder);
        await sleep(100);
        expect(tailing.end()).toBeUndefined();
      });
      await whileTailing(tailBundle(folder, { ...quickly, idleMs: 200 }), async (tailing) => {
        await until(() => tailing.end() !== undefined);
        expect(tailing.end()).toBe('complete');
        await holdsReplay(tailing, folder);
      });
    }));

  it('is an error when the schema is unknown, at once', () =>
    inFolder(async (folder) => {
      const changed = (text: string): string => text.replace('"schema_version": 1', '"schema_version": 9');
      writeFiles(folder, edited(sample, 'manifest.json', changed));
      const tail$ = tailBundle(folder, { ...quickly, payloadWaitMs: 60_000 });
      await whileTailing(tail$, async (tailing) => {
        await until(() => tailing.end() !== undefined);
        expect(tailing.end()).toMatchObject({ error: { code: 'schema_unsupported' } });
      });
    }));

  it('is an error when the manifest is there and stays unreadable', () =>
    inFolder(async (folder) => {
      writeFiles(folder, new Map([...sample, ['manifest.json', '{"schema_version": 1, ']]));
      await whileTailing(tailBundle(folder, quickly), async (tailing) => {
        await until(() => tailing.end() !== undefined);
        expect(tailing.end()).toMatchObject({ error: { code: 'manifest_unreadable' } });
      });
    }));

  it('does not come when a manifest that was begun becomes complete in time', () =>
    inStillTime((pass) =>
      inFolder(async (folder) => {
        writeFiles(folder, new Map([...sample, ['manifest.json', '{"schema_version": 1, ']]));
        await whileTailing(tailBundle(folder, quickly), async (tailing) => {
          await sleep(30);
          pass(quickly.payloadWaitMs - 1);
          await sleep(30);
          writeFiles(folder, sample);
          await holdsReplay(tailing, folder);
        });
      }),
    ));

  it('is an error when the log is there and cannot be read', () =>
    inFolder(async (folder) => {
      writeFiles(folder, new Map([...sample].filter(([name]) => name !== 'trace.jsonl')));
      mkdirSync(path.join(folder, 'trace.jsonl'));
      await whileTailing(tailBundle(folder, quickly), async (tailing) => {
        await until(() => tailing.end() !== undefined);
        expect(tailing.end()).toMatchObject({ error: { code: 'log_unreadable' } });
      });
    }));

  it('is the reason of the signal when that is aborted', () =>
    inFolder(async (folder) => {
      writeFiles(folder, sample);
      const controller = new AbortController();
      const tail$ = tailBundle(folder, { ...quickly, signal: controller.signal });
      await whileTailing(tail$, async (tailing) => {
        await until(() => tailing.snapshots.length > 0);
        controller.abort('enough');
        expect(tailing.end()).toEqual({ error: 'enough' });
      });
    }));
});
