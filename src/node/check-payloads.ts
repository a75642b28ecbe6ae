import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogEntry } from '../bundle/log-entry.js';
import { payloadHandle, type SyncPayloadStore } from '../bundle/payload.js';
import { isTraceError } from '../errors/trace-error.js';
import { payloadRefs } from '../model/event-payloads.js';
import { PAYLOADS_FOLDER } from '../model/files.js';
import type { WireInteger } from '../model/integers.js';
import type { RawPayloadRef } from '../model/payload-ref.js';
import { errorFinding, warningFinding, type Finding } from './check-findings.js';

/** The first event that names a payload file. */
interface Mention {
  readonly ref: RawPayloadRef;
  readonly line: number;
  readonly seq: WireInteger;
}

/** Milliseconds of work before the event loop gets its turn. */
const SLICE_MS = 50;

/** Follows which payload files a log names, and which of them its reduction has read. */
export const payloadCheck = (directory: string, store: SyncPayloadStore) => {
  /** By path. */
  const mentions = new Map<string, Mention>();
  const read = new Set<string>();
  return {
    /** For the reduction, which reports by itself what is wrong with the files that it reads. */
    store: {
      readNow(ref: RawPayloadRef) {
        read.add(ref.path);
        return store.readNow(ref);
      },
    },
    see(entry: LogEntry): void {
      if (entry.type === 'problem') return;
      const { line, event } = entry;
      for (const ref of payloadRefs(event.payload)) {
        if (!mentions.has(ref.path)) mentions.set(ref.path, { ref, line, seq: event.seq });
      }
    },
    count: (): number => mentions.size,
    /** Reads the files that the reduction left alone, one at a time. */
    async readRest(signal: AbortSignal | undefined): Promise<Finding[]> {
      const findings: Finding[] = [];
      let started = performance.now();
      for (const [file, mention] of mentions) {
        if (read.has(file)) continue;
        signal?.throwIfAborted();
        const finding = readOne(store, mention);
        if (finding) findings.push(finding);
        if (performance.now() - started < SLICE_MS) continue;
        await nextTurn();
        started = performance.now();
      }
      return findings;
    },
    unreferenced(): Finding[] {
      const named = new Set([...mentions.keys()].map((file) => path.posix.normalize(file)));
      return payloadFiles(directory)
        .filter((file) => !named.has(file))
        .map((file) => warningFinding('payload_unreferenced', 'no event names the file', { file }));
    },
  };
};

const readOne = (store: SyncPayloadStore, { ref, ...mention }: Mention): Finding | undefined => {
  try {
    payloadHandle(ref, mention, () => store.readNow(ref)).read();
    return undefined;
  } catch (error) {
    if (!isTraceError(error)) throw error;
    const message = `${error.problem.message} (the graph does not need it)`;
    return errorFinding({ ...error.problem, message });
  }
};

/** Paths of the files below `payloads/`, in the order of their names. A link is not followed. */
const payloadFiles = (directory: string): string[] => {
  const folder = path.join(directory, PAYLOADS_FOLDER);
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
};
