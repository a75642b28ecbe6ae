import { randomUUID } from 'node:crypto';
import * as files from 'node:fs';
import path from 'node:path';
import { LOG_FILE, PAYLOADS_FOLDER } from '../model/files.js';
import type { SchemaVersion } from '../model/schema-version.js';
import { BundleWriter, nowhere, type FileSystem } from './bundle-writer.js';
import { Recording } from './recording.js';
import { Rollout } from './rollout.js';
import { disabledThread, startThread, type ThreadOptions, type ThreadRecorder } from './thread.js';
import { listenerOf, messageOf, RecorderWarning, warnOnce, type Warn } from './warnings.js';

export interface RolloutOptions extends ThreadOptions {
  /**
   * The folder that gets the bundle; it is made where it is missing. If left out, the environment variable
   * `CODEX_ROLLOUT_TRACE_ROOT` names it, and where that is not set nothing is recorded.
   */
  readonly traceRoot?: string | undefined;
  /** 2 if left out. Schema 1 has no receipts and no mark of completeness, and every Codex of its time reads it. */
  readonly schema?: SchemaVersion | undefined;
  /** Where the session comes from, such as `cli`. */
  readonly source?: string | undefined;
  /** Called where something cannot be recorded, once for each code. If left out, Node.js prints the warning. */
  readonly warn?: Warn | undefined;
}

/** The root agent of a session, and the recording of the whole session. */
export interface RolloutRecorder extends ThreadRecorder {
  /** The folder of the bundle; null where nothing is recorded. */
  readonly bundle: string | null;
  /** Gives up what is still open. Not needed where all threads are ended: the last end closes the bundle. */
  close(): void;
}

/** Starts to record a session. Never throws, and never fails a session: what cannot be recorded is left out. */
export const recordRollout = (options: RolloutOptions = {}): RolloutRecorder => recordIn(files, options);

/** The same, on a file system that may be one of a test. */
export const recordIn = (fileSystem: FileSystem, options: RolloutOptions): RolloutRecorder => {
  const warn = warnOnce(listenerOf(options));
  let threadId: string = randomUUID();
  let folder = '';
  try {
    const { traceRoot = process.env['CODEX_ROLLOUT_TRACE_ROOT'], ...given } = options;
    threadId = given.threadId ?? threadId;
    if (traceRoot === undefined || traceRoot === '') return disabledRollout(threadId);
    folder = ` in ${traceRoot}`;
    return start(fileSystem, traceRoot, { ...given, threadId }, warn);
  } catch (error) {
    const message = `nothing is recorded${folder}: ${messageOf(error)}`;
    warn(new RecorderWarning('recording_stopped', message, { cause: error }));
    return disabledRollout(threadId);
  }
};

const disabledRollout = (threadId: string): RolloutRecorder => ({
  ...disabledThread(threadId, '/root'),
  bundle: null,
  close() {},
});

const start = (
  fileSystem: FileSystem,
  traceRoot: string,
  { threadId, schema = 2, source = 'unknown', ...options }: RolloutOptions & { readonly threadId: string },
  warn: Warn,
): RolloutRecorder => {
  if (typeof threadId !== 'string') throw new TypeError('threadId is no string');
  if (![1, 2].includes(schema)) throw new TypeError('schema is neither 1 nor 2');
  const traceId = randomUUID();
  // A thread id is any text; a part of a path is not.
  const bundle = path.resolve(traceRoot, `trace-${traceId}-${encodeURIComponent(threadId).slice(0, 100)}`);
  const writer = new BundleWriter(fileSystem, bundle, {
    schema_version: schema,
    trace_id: traceId,
    rollout_id: threadId,
    root_thread_id: threadId,
    started_at_unix_ms: Date.now(),
    raw_event_log: LOG_FILE,
    payloads_dir: PAYLOADS_FOLDER,
  });
  const recording = new Recording(schema, writer, warn);
  recording.event(nowhere, () => ({
    type: 'rollout_started',
    trace_id: traceId,
    root_thread_id: threadId,
  }));
  const rollout = new Rollout(recording, threadId);
  const root = startThread(rollout, { ...options, threadId, agentPath: '/root', source, depth: 0 });
  return Object.assign(root, { bundle, close: () => rollout.close() });
};
