import { describeProblem, TraceError } from '../errors/trace-error.js';
import { JsonSyntaxError } from '../json/exact.js';
import { MANIFEST_FILE } from '../model/files.js';
import { manifestSchema, type Manifest } from '../model/manifest.js';
import { RepeatedFieldError } from '../serde/forms.js';
import { readStruct } from '../serde/read-struct.js';
import { firstIssue } from '../serde/typed.js';

/** Reads the text of a manifest. Throws `manifest_unreadable`. */
export const readManifest = (text: string): Manifest => {
  try {
    const read = readStruct(manifestSchema, text);
    if (read.success) return read.data;
    throw unreadable(firstIssue(read.error), null);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw unreadable(error.message, error.line);
    if (error instanceof RepeatedFieldError) throw unreadable(error.message, null);
    throw error;
  }
};

const unreadable = (issue: string, line: number | null): TraceError =>
  new TraceError(describeProblem('manifest_unreadable', issue, { file: MANIFEST_FILE, line }));
