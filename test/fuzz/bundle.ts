import { LOG_FILE, MANIFEST_FILE } from '../../src/model/files.js';
import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod/mini';
import type { LogEntry } from '../../src/bundle/log-entry.js';
import type { SyncPayloadStore } from '../../src/bundle/payload.js';
import { badLine, readLine } from '../../src/bundle/read-line.js';
import { readManifest } from '../../src/bundle/read-manifest.js';
import type { ProblemCode } from '../../src/errors/codes.js';
import { describeProblem, TraceError } from '../../src/errors/trace-error.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { RawPayloadRef } from '../../src/model/payload-ref.js';
import type { RawTraceEvent } from '../../src/model/raw-event.js';
import { rulesFor } from '../../src/schemas/index.js';

/** The files of a bundle by their path, in memory. */
export type Bundle = ReadonlyMap<string, Buffer>;

/** A bundle that was opened: everything that a replay needs. */
export interface OpenedBundle {
  readonly manifest: Manifest;
  readonly entries: readonly LogEntry[];
  readonly payloads: SyncPayloadStore;
}

/** Opens a bundle in memory as one on disk is opened, with the same errors. */
export const openInMemory = (bundle: Bundle): OpenedBundle => {
  const content = readContent(bundle, MANIFEST_FILE, 'manifest_unreadable');
  const manifest = readManifest(decode(content, MANIFEST_FILE, 'manifest_unreadable'));
  const { event: schema } = rulesFor(manifest.schema_version);
  const log = readContent(bundle, LOG_FILE, 'log_unreadable');
  return { manifest, entries: logEntries(log, schema), payloads: payloadsOf(bundle) };
};

const readContent = (bundle: Bundle, file: string, missing: ProblemCode): Buffer => {
  const content = bundle.get(file);
  if (content) return content;
  throw new TraceError(describeProblem(missing, `${file} is not there`, { file }));
};

const decode = (content: Buffer, file: string, invalid: ProblemCode): string => {
  if (isUtf8(content)) return content.toString();
  throw new TraceError(describeProblem(invalid, `${file} is not UTF-8`, { file }));
};

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

const logEntries = (log: Buffer, schema: z.ZodMiniType<RawTraceEvent>): LogEntry[] => {
  const entries: LogEntry[] = [];
  for (let start = 0, line = 1; start < log.length; line++) {
    const found = log.indexOf(NEWLINE, start);
    const position = { line, complete: found !== -1 };
    const end = position.complete ? found : log.length;
    const hasReturn = position.complete && end > start && log[end - 1] === CARRIAGE_RETURN;
    const entry = toEntry(log.subarray(start, hasReturn ? end - 1 : end), schema, position);
    if (entry) entries.push(entry);
    start = end + 1;
  }
  return entries;
};

const toEntry = (
  line: Buffer,
  schema: z.ZodMiniType<RawTraceEvent>,
  position: Parameters<typeof badLine>[0],
): LogEntry | undefined =>
  isUtf8(line) ? readLine(schema, line.toString(), position) : badLine(position, 'not valid UTF-8');

const payloadsOf = (bundle: Bundle): SyncPayloadStore => {
  const contentOf = ({ raw_payload_id, path: given }: RawPayloadRef): Buffer => {
    const normal = path.posix.normalize(given);
    if (path.posix.isAbsolute(given) || normal === '..' || normal.startsWith('../')) {
      const message = `payload ${raw_payload_id} lies outside of the bundle`;
      throw new TraceError(describeProblem('payload_outside_bundle', message, { file: given }));
    }
    const isFound = given === normal || leadsThroughFolders(bundle, given);
    return readContent(bundle, isFound ? normal : given, 'payload_missing');
  };
  return {
    readNow: (ref) => decode(contentOf(ref), ref.path, 'payload_invalid'),
    bytes: {
      readNow: contentOf,
      decode: (bytes, ref) => decode(Buffer.from(bytes), ref.path, 'payload_invalid'),
    },
  };
};

/** Whether all that stands before a `/` in a path is a folder. */
const leadsThroughFolders = (bundle: Bundle, given: string): boolean => {
  const parts = given.split('/');
  return parts.every((_, index) => {
    const before = path.posix.join(...parts.slice(0, index));
    return before === '.' || [...bundle.keys()].some((file) => file.startsWith(`${before}/`));
  });
};

export const readBundle = (directory: string): Bundle => {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const absolute = path.join(entry.parentPath, entry.name);
      return [path.relative(directory, absolute), readFileSync(absolute)];
    }),
  );
};
