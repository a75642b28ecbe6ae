import { closeSync, readSync } from 'node:fs';
import type { ProblemCode } from '../errors/codes.js';
import { describeProblem, TraceError } from '../errors/trace-error.js';
import { asBuffer } from './as-buffer.js';
import { containedOpen, OutsideError } from './containment.js';
import { decodeUtf8 } from './utf8.js';
import { failureReason } from './system-error.js';

/** A file of the bundle, in the words and codes of its errors. */
export interface BundleFile {
  /** Relative to the bundle. */
  readonly path: string;
  /** What the file is, such as `payload raw_payload:7`. */
  readonly subject: string;
  readonly missing: ProblemCode;
  readonly invalid: ProblemCode;
}

/** The files of one bundle. Nothing outside of its folder is ever opened. */
export interface BundleFiles {
  /** A descriptor, which the caller closes. Throws the code for `missing`, or `payload_outside_bundle`. */
  open(file: BundleFile): number;
  /** Throws as `open` does, and the code for `invalid` where the file is not UTF-8. */
  readText(file: BundleFile): string;
  /** The bytes, in memory of their own. */
  readBytes(file: BundleFile): Uint8Array;
  decode(bytes: Uint8Array, file: BundleFile): string;
}

/** Throws `manifest_unreadable` where the folder cannot be opened. */
export const bundleFiles = (directory: string): BundleFiles => {
  const openContained = openFolder(directory);
  const open = (file: BundleFile): number => {
    try {
      return openContained(file.path);
    } catch (error) {
      if (error instanceof OutsideError) {
        throw failure('payload_outside_bundle', file, `${file.subject} lies outside of the bundle`, error);
      }
      throw failure(file.missing, file, `${file.subject} cannot be opened: ${failureReason(error)}`, error);
    }
  };
  /** Hands the bytes of a file to `use`, in a buffer that is used again. */
  const withBytes = <T>(file: BundleFile, use: (bytes: Buffer) => T): T => {
    const descriptor = open(file);
    try {
      return use(readAll(descriptor));
    } catch (error) {
      if (error instanceof TraceError) throw error;
      throw failure(file.missing, file, `${file.subject} cannot be read: ${failureReason(error)}`, error);
    } finally {
      closeSync(descriptor);
    }
  };
  const decodeFile = (bytes: Buffer, file: BundleFile): string => {
    const text = decodeUtf8(bytes);
    if (text === undefined) throw failure(file.invalid, file, `${file.subject} is not valid UTF-8`);
    return text;
  };
  return {
    open,
    readText: (file) => withBytes(file, (bytes) => decodeFile(bytes, file)),
    readBytes: (file) => withBytes(file, ownCopy),
    decode: (bytes, file) => decodeFile(asBuffer(bytes), file),
  };
};

const openFolder = (directory: string): ((relative: string) => number) => {
  try {
    return containedOpen(directory);
  } catch (error) {
    const message = `the folder cannot be opened: ${failureReason(error)}`;
    const problem = describeProblem('manifest_unreadable', message, { file: directory });
    throw new TraceError(problem, { cause: error });
  }
};

const failure = (code: ProblemCode, file: BundleFile, message: string, cause?: unknown): TraceError =>
  new TraceError(describeProblem(code, message, { file: file.path }), { cause });

/** One buffer for all files: most are small, and none keeps it. */
let shared = Buffer.allocUnsafeSlow(1 << 20);

/** Reads to the end. A pipe that nobody writes to ends at once, because it was opened without blocking. */
const readAll = (descriptor: number): Buffer => {
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, shared, length, shared.length - length, null);
    length += count;
    if (count === 0 || length < shared.length) return shared.subarray(0, length);
    shared = Buffer.concat([shared, Buffer.allocUnsafeSlow(shared.length)]);
  }
};

const ownCopy = (bytes: Buffer): Uint8Array => {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
};
