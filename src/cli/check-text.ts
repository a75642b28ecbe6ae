import { LOG_FILE } from '../model/files.js';
import type { CheckReport } from '../node/check-bundle.js';
import type { Finding, Severity } from '../node/check-findings.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { plainText } from './plain-text.js';

/** Findings of one code that are shown. */
const SHOWN = 20;

const headings: ReadonlyMap<Severity, string> = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'note'],
]);

/** A report for people: by severity and code, each code with its hint, and one line that sums it up. */
export const checkText = (bundle: string, report: CheckReport): string => {
  const sections = [...headings].flatMap(([severity, heading]) => {
    const findings = report.findings.filter((finding) => finding.severity === severity);
    if (findings.length === 0) return [];
    return [amount(findings.length, heading), ...[...byCode(findings).values()].flatMap(codeLines), ''];
  });
  return `${[...sections, summary(bundle, report)].join('\n')}\n`;
};

/** A report for programs. A seq beyond 2^53 - 1 is a string, because most readers would round the number. */
export const reportJson = (report: CheckReport): string => {
  const ready = (_key: string, value: unknown): unknown =>
    typeof value === 'bigint' ? String(value) : value;
  return `${JSON.stringify(report, ready, 2)}\n`;
};

/** Notes of what still waited are no fault. */
export const exitCodeOf = ({ counts, findings }: CheckReport): ExitCode => {
  if (counts === null) return exitCodes.failed;
  return findings.some(({ severity }) => severity !== 'info') ? exitCodes.problems : exitCodes.clean;
};

const byCode = (findings: readonly Finding[]): ReadonlyMap<string, readonly [Finding, ...Finding[]]> => {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const group = groups.get(finding.code);
    if (group) group.push(finding);
    else groups.set(finding.code, [finding]);
  }
  return groups;
};

const codeLines = (findings: readonly [Finding, ...Finding[]]): string[] => {
  const [{ code, hint }] = findings;
  const rest = findings.length - SHOWN;
  return [
    `  ${code}: ${hint}`,
    ...findings.slice(0, SHOWN).map((finding) => `    ${place(finding)}: ${plainText(finding.message)}`),
    ...(rest > 0 ? [`    ... and ${rest} more (--json lists all)`] : []),
  ];
};

/** Of a payload, seq says which event names it; a line would be taken for one of the payload. */
const place = ({ file, line, seq }: Finding): string => {
  const lineText = line === null || (file !== LOG_FILE && seq !== null) ? '' : `:${line}`;
  return `${plainText(file)}${lineText}${seq === null ? '' : ` (seq ${seq})`}`;
};

const summary = (bundle: string, { findings, counts }: CheckReport): string => {
  const name = plainText(bundle);
  if (counts === null) return `${name}: nothing could be read`;
  const size = [
    amount(counts.events, 'event'),
    amount(counts.payloads, 'payload'),
    amount(counts.threads, 'thread'),
    amount(counts.turns, 'turn'),
  ].join(', ');
  const found = [...headings].flatMap(([severity, heading]) => {
    const { length } = findings.filter((finding) => finding.severity === severity);
    return length > 0 ? [amount(length, heading)] : [];
  });
  return `${name}: ${size}; ${found.length === 0 ? 'nothing is wrong' : found.join(', ')}`;
};

const amount = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
