import { lastValueFrom, tap } from 'rxjs';
import { isTraceError } from '../errors/trace-error.js';
import type { RolloutTrace } from '../model/rollout-trace.js';
import { replay } from '../replay.js';
import { rulesFor } from '../schemas/index.js';
import { errorFinding, inOrder, unresolvedFinding, type Finding } from './check-findings.js';
import { payloadCheck } from './check-payloads.js';
import { sequenceCheck } from './check-sequence.js';
import { openBundle } from './open-bundle.js';
import { readLog, type Progress } from './read-log.js';

export interface CheckBundleOptions {
  /** Called every 50 ms or so while the log is read, and never for a short one. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the work; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds of work at a time, before the event loop gets its turn. */
  readonly sliceMs?: number;
}

/** What a check found. */
export interface CheckReport {
  /** The worst first, and then in the order of the log. */
  readonly findings: readonly Finding[];
  /** How much there is; null where nothing could be read, and the one finding says why. */
  readonly counts: CheckCounts | null;
}

export interface CheckCounts {
  /** Events of the log that could be read. */
  readonly events: number;
  /** Payload files that these events name. */
  readonly payloads: number;
  readonly threads: number;
  readonly turns: number;
  readonly conversation_items: number;
  readonly inference_calls: number;
  readonly tool_calls: number;
  readonly code_cells: number;
  readonly interaction_edges: number;
}

/**
 * Looks for everything that is wrong with a bundle on disk, and writes nothing: what its reduction reports
 * (errors), payloads that it does not even read, numbers of events, files that nothing names. Reads nothing
 * outside of the folder. A folder that is no bundle is a finding too: rejects only with the reason of
 * `signal`, or with an error of the system.
 */
export const checkBundle = async (
  directory: string,
  options: CheckBundleOptions = {},
): Promise<CheckReport> => {
  try {
    return await inspect(directory, options);
  } catch (error) {
    if (!isTraceError(error)) throw error;
    return { findings: [errorFinding(error.problem)], counts: null };
  }
};

const inspect = async (
  directory: string,
  { onProgress, signal, sliceMs = 10 }: CheckBundleOptions,
): Promise<CheckReport> => {
  const { files, manifest, payloads: store } = openBundle(directory);
  const { event: schema, isSealed } = rulesFor(manifest.schema_version);
  const payloads = payloadCheck(directory, store);
  const checkSequence = sequenceCheck();
  const findings: Finding[] = [];
  let events = 0;
  const log$ = readLog(files, { schema, onProgress, signal, sliceMs }).pipe(
    tap((entry) => {
      if (entry.type === 'event') events += 1;
      payloads.see(entry);
      // The reduction looks at the numbers itself where the recorder vouches for them.
      const finding = isSealed ? undefined : checkSequence(entry);
      if (finding) findings.push(finding);
    }),
  );
  const recording = { manifest, payloads: payloads.store, strict: false };
  const { trace, diagnostics, unresolved } = await lastValueFrom(replay(log$, recording));
  findings.push(...diagnostics.map(errorFinding), ...(await payloads.readRest(signal)));
  findings.push(...payloads.unreferenced(), ...unresolved.map(unresolvedFinding));
  return { findings: inOrder(findings), counts: countsOf(trace, events, payloads.count()) };
};

const countsOf = (trace: RolloutTrace, events: number, payloads: number): CheckCounts => ({
  events,
  payloads,
  threads: trace.threads.size,
  turns: trace.codex_turns.size,
  conversation_items: trace.conversation_items.size,
  inference_calls: trace.inference_calls.size,
  tool_calls: trace.tool_calls.size,
  code_cells: trace.code_cells.size,
  interaction_edges: trace.interaction_edges.size,
});
