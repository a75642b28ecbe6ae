import { isAscii, isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
} from 'node:fs';
import path from 'node:path';
import type { ProblemCode } from '../errors/codes.js';
import { describeProblem, TraceError } from '../errors/trace-error.js';

/** The files of one bundle. A bundle is untrusted: no path and no link leads out of its folder. */
export interface BundleFiles {
  /** An open descriptor of a regular file; the caller closes it. Throws `missing` or `payload_outside_bundle`. */
  open(relative: string, missing: ProblemCode, subject: string): number;
  /** The text of a file. Throws as `open` does, or `invalid` where it is not UTF-8. */
  readText(relative: string, missing: ProblemCode, invalid: ProblemCode, subject: string): string;
}

// Not there on Windows, where a link is found by its real path. A pipe must not block the open.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export const bundleFiles = (directory: string): BundleFiles => {
  const root = realFolder(directory);
  /** Folders of the bundle that were seen to lie in it. */
  const inside = new Map<string, boolean>([['.', true]]);

  const liesInside = (absolute: string): boolean => {
    const relative = path.relative(root, absolute);
    return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  };
  const folderLiesInside = (folder: string): boolean => {
    let known = inside.get(folder);
    if (known === undefined) {
      known = liesInside(realpathSync(path.join(root, folder)));
      inside.set(folder, known);
    }
    return known;
  };
  const refuse = (relative: string, subject: string): TraceError => {
    const message = `${subject} lies outside of the bundle`;
    return new TraceError(describeProblem('payload_outside_bundle', message, { file: relative }));
  };
  const openInside = (relative: string, subject: string): number => {
    const normal = path.normalize(relative);
    if (path.isAbsolute(relative) || !liesInside(path.join(root, normal))) throw refuse(relative, subject);
    if (!folderLiesInside(path.dirname(normal))) throw refuse(relative, subject);
    const absolute = path.join(root, normal);
    try {
      return openSync(absolute, FLAGS);
    } catch (error) {
      if (errorCode(error) !== 'ELOOP') throw error;
      const real = realpathSync(absolute);
      if (!liesInside(real)) throw refuse(relative, subject);
      return openSync(real, FLAGS);
    }
  };

  const files: BundleFiles = {
    open(relative, missing, subject) {
      let descriptor: number | undefined;
      try {
        descriptor = openInside(relative, subject);
        if (!fstatSync(descriptor).isFile()) throw new Error('not a regular file');
        return descriptor;
      } catch (error) {
        if (descriptor !== undefined) closeSync(descriptor);
        if (error instanceof TraceError) throw error;
        const message = `${subject} cannot be opened: ${reason(error)}`;
        throw new TraceError(describeProblem(missing, message, { file: relative }), { cause: error });
      }
    },
    readText(relative, missing, invalid, subject) {
      const descriptor = files.open(relative, missing, subject);
      try {
        return decode(readAll(descriptor), () => {
          const message = `${subject} is not valid UTF-8`;
          return new TraceError(describeProblem(invalid, message, { file: relative }));
        });
      } catch (error) {
        if (error instanceof TraceError) throw error;
        const message = `${subject} cannot be read: ${reason(error)}`;
        throw new TraceError(describeProblem(missing, message, { file: relative }), { cause: error });
      } finally {
        closeSync(descriptor);
      }
    },
  };
  return files;
};

const realFolder = (directory: string): string => {
  try {
    return realpathSync(directory);
  } catch (error) {
    const message = `the folder cannot be opened: ${reason(error)}`;
    throw new TraceError(describeProblem('manifest_unreadable', message, { file: directory }), { cause: error });
  }
};

/** One buffer for all small files: most payloads fit, and none keeps it. */
let shared = Buffer.allocUnsafeSlow(1 << 20);

const readAll = (descriptor: number): Buffer => {
  const size = fstatSync(descriptor).size;
  if (size >= shared.length) shared = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(size + 1)));
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, shared, length, shared.length - length, null);
    if (count === 0) return shared.subarray(0, length);
    length += count;
    if (length === shared.length) shared = Buffer.concat([shared, shared]);
  }
};

/** UTF-8 text, without a second look at bytes that are ASCII. A byte order mark stays, and is an error later. */
export const decode = (bytes: Buffer, notUtf8: () => Error): string => {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) throw notUtf8();
  return bytes.toString('utf8');
};

const errorCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** An error of the system without the path, which the message has already. */
const reason = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/,? ?\w+ '.*'$/s, '') : String(error);
