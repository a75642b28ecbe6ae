import { LOG_FILE } from '../model/files.js';
import type { ProblemCode } from '../errors/codes.js';
import type { Problem } from '../errors/trace-error.js';
import type { WireInteger } from '../model/integers.js';
import type { Unresolved } from '../model/unresolved.js';

/** What only a check looks at: the reduction goes on without a word. */
const findingHints = {
  seq_gap: 'Events may be missing here. File order counts, so the graph is made from those that are there.',
  seq_repeated: 'Two events have the same number. Both count; look for a line that was written twice.',
  seq_back:
    'The order of the file counts, not the numbers. Look for lines that were moved or logs that were joined.',
  payload_unreferenced: 'The graph does not need the file. Its event may be missing from the log.',
  code_cell_unresolved: 'The cell is not in the graph: no recorded response holds its source.',
  agent_delivery_unresolved:
    'The message is not in the graph: no recorded request of its recipient holds it.',
} as const satisfies Record<string, string>;

export type FindingCode = ProblemCode | keyof typeof findingHints;

/**
 * - `error`: something is lost, of the graph or of its evidence.
 * - `warning`: not as a recorder leaves a bundle, and the graph does not suffer.
 * - `info`: nothing is wrong, and still good to know.
 */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that a check found: a Problem, with how bad it is. */
export interface Finding extends Omit<Problem, 'code'> {
  readonly severity: Severity;
  readonly code: FindingCode;
}

export const errorFinding = (problem: Problem): Finding => ({ severity: 'error', ...problem });

export const warningFinding = (
  code: 'seq_gap' | 'seq_repeated' | 'seq_back' | 'payload_unreferenced',
  message: string,
  where: Pick<Finding, 'file'> & Partial<Pick<Finding, 'line' | 'seq'>>,
): Finding => ({
  severity: 'warning',
  code,
  message,
  hint: findingHints[code],
  file: where.file,
  line: where.line ?? null,
  seq: where.seq ?? null,
  entity: null,
});

export const unresolvedFinding = ({ kind, entity, waitsFor, since }: Unresolved): Finding => {
  const code = kind === 'code_cell' ? 'code_cell_unresolved' : 'agent_delivery_unresolved';
  return {
    severity: 'info',
    code,
    message: `${entity} waited for ${waitsFor}, which never came`,
    hint: findingHints[code],
    file: LOG_FILE,
    line: since.line,
    seq: since.seq,
    entity,
  };
};

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** The worst first; equals in the order of the log, and behind them what has no place in it. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compareWireIntegers(place(a), place(b)),
  );

/** The line in the log; for another file the seq of the event that names it, which grows with the lines. */
const place = ({ file, line, seq }: Finding): WireInteger =>
  (file === LOG_FILE ? line : seq) ?? Number.MAX_SAFE_INTEGER;

const compareWireIntegers = (a: WireInteger, b: WireInteger): number => (a < b ? -1 : a > b ? 1 : 0);
