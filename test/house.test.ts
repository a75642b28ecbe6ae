import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as core from '../src/index.js';
import * as node from '../src/node/index.js';
import * as recorder from '../src/recorder/index.js';
import * as testing from '../src/testing/index.js';
import * as testingOnDisk from '../src/testing/node/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const sources = ['src', 'viewer']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(folder, file),
    ),
  )
  .filter((file) => /\.(?:tsx?|css)$/.test(file))
  .toSorted();

it('keeps every source file at 400 lines or below', () => {
  const long = sources.filter((file) => read(file).trimEnd().split('\n').length > 400);
  expect(long).toEqual([]);
});

describe('the public surface', () => {
  /** Names that a file lists, as users know them, with `type` before types. The file must hold nothing but such lists. */
  const listed = (file: string): readonly string[] => {
    const lists = /export (type )?\{([^}]*)\} from '[^']+';/g;
    const text = read(file).replace(/\/\*\*[^]*?\*\/|\/\/.*$/gm, '');
    expect(text.replace(lists, '').trim()).toBe('');
    return [...text.matchAll(lists)]
      .flatMap(([, type, names = '']) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
          .map((name) => name.replace(/\w+ as /, ''))
          .map((name) => (type ? `type ${name}` : name)),
      )
      .toSorted();
  };
  const values = (names: readonly string[]) => names.filter((name) => !name.startsWith('type '));

  it('of the core is this list', () => {
    const names = listed('src/index.ts');
    expect(names).toMatchInlineSnapshot(`
      [
        "EventLine",
        "TraceError",
        "codeCells",
        "compactionRequests",
        "compactions",
        "conversation",
        "defineProjection",
        "edgeWords",
        "explain",
        "findObjects",
        "formatProblem",
        "glance",
        "inferenceCalls",
        "interactions",
        "isTraceError",
        "memoryPayloadStore",
        "movingReferences",
        "payloadMissing",
        "payloadValue",
        "printTrace",
        "rawPayloads",
        "readManifest",
        "reduceEvents",
        "reduceHistory",
        "reduceLive",
        "referencesOf",
        "relationWords",
        "select",
        "tableNames",
        "terminalOperations",
        "terminalSessions",
        "threads",
        "toolCalls",
        "transcriptOf",
        "turns",
        "type AgentMessageRoute",
        "type AgentOrigin",
        "type AgentThread",
        "type AsyncPayloadStore",
        "type CodeCell",
        "type CodeCellRuntimeStatus",
        "type CodexTurn",
        "type Compaction",
        "type CompactionRequest",
        "type ConversationBody",
        "type ConversationChannel",
        "type ConversationItem",
        "type ConversationItemKind",
        "type ConversationPart",
        "type ConversationRole",
        "type Counts",
        "type EventPayload",
        "type EventSource",
        "type Evidence",
        "type ExecutionStatus",
        "type ExecutionWindow",
        "type Explanation",
        "type Glance",
        "type InferenceCall",
        "type InteractionEdge",
        "type InteractionEdgeKind",
        "type ItemOrigin",
        "type LinePosition",
        "type Link",
        "type Manifest",
        "type ObjectRef",
        "type PayloadBody",
        "type PayloadRelation",
        "type PayloadStore",
        "type Problem",
        "type ProblemCode",
        "type ProducerRef",
        "type Projection",
        "type ProjectionStates",
        "type Projections",
        "type RawEventBody",
        "type RawEventBodyOf",
        "type RawEventType",
        "type RawPayloadKind",
        "type RawPayloadRef",
        "type RawTraceEvent",
        "type RecordingContext",
        "type ReduceEventsOptions",
        "type ReduceHistoryOptions",
        "type ReduceLiveOptions",
        "type Reduction",
        "type References",
        "type Relation",
        "type RolloutHeader",
        "type RolloutStatus",
        "type RolloutTrace",
        "type Statement",
        "type SyncPayloadStore",
        "type Table",
        "type TableName",
        "type TableOperator",
        "type TerminalModelObservation",
        "type TerminalOperation",
        "type TerminalRequest",
        "type TerminalResult",
        "type TerminalSession",
        "type ThreadGlance",
        "type TokenUsage",
        "type ToolCall",
        "type ToolCallKind",
        "type ToolCallRequester",
        "type ToolCallSummary",
        "type TraceAnchor",
        "type TraceChanges",
        "type TraceFact",
        "type TraceFactOf",
        "type TraceFactType",
        "type TraceHistory",
        "type TraceRows",
        "type TraceSnapshot",
        "type TranscriptEntry",
        "type Unresolved",
        "type Viewed",
        "type WireInteger",
      ]
    `);
    expect(Object.keys(core).toSorted()).toEqual(values(names));
  });

  it('of the Node.js entry is this list', () => {
    const names = listed('src/node/index.ts');
    expect(names).toMatchInlineSnapshot(`
      [
        "WriteStateError",
        "checkBundle",
        "readEvents",
        "replayBundle",
        "tailBundle",
        "tailRoot",
        "type CheckBundleOptions",
        "type CheckCounts",
        "type CheckReport",
        "type Finding",
        "type FindingCode",
        "type Progress",
        "type RecordingFrameHeader",
        "type ReplayBundleOptions",
        "type Severity",
        "type TailOptions",
        "type TailRootOptions",
        "type TailSnapshot",
        "type WriteStateOptions",
        "writeState",
      ]
    `);
    expect(Object.keys(node).toSorted()).toEqual(values(names));
  });

  it('of the entry that records is this list', () => {
    const names = listed('src/recorder/index.ts');
    expect(names).toMatchInlineSnapshot(`
      [
        "recordRollout",
        "type AgentResult",
        "type CellResponse",
        "type CellToolOptions",
        "type ChildOptions",
        "type CodeCellOptions",
        "type CodeCellRecorder",
        "type CommandEnd",
        "type CommandStart",
        "type CompactionAttempt",
        "type CompactionOptions",
        "type CompactionRecorder",
        "type CompactionRequestOptions",
        "type HistoryCheckpoint",
        "type InferenceAttempt",
        "type InferenceOptions",
        "type Lazy",
        "type ModelAnswer",
        "type PartialAnswer",
        "type ReachedAgent",
        "type RecordedUsage",
        "type RecorderWarning",
        "type RecorderWarningCode",
        "type ResponseItem",
        "type RolloutOptions",
        "type RolloutRecorder",
        "type ThreadOptions",
        "type ThreadRecorder",
        "type ToolCall",
        "type ToolEnd",
        "type ToolInput",
        "type ToolOptions",
        "type ToolRecorder",
        "type TurnRecorder",
      ]
    `);
    expect(Object.keys(recorder).toSorted()).toEqual(values(names));
  });

  it('of the entry for tests is this list', () => {
    const names = listed('src/testing/index.ts');
    expect(names).toMatchInlineSnapshot(`
      [
        "bundleOf",
        "canonicalGraph",
        "confluence",
        "factsOf",
        "given",
        "interleavings",
        "prefix",
        "reduceStepwise",
        "reduceStrictly",
        "reorderedSessions",
        "sessions",
        "snapshotIsReplay",
        "stateConfluence",
        "stateIsFold",
        "type AssignCall",
        "type Call",
        "type CellCall",
        "type CloseCall",
        "type CommandCall",
        "type CompactionStep",
        "type EventOrder",
        "type Exchange",
        "type Given",
        "type InterleavingOptions",
        "type MessageCall",
        "type Notice",
        "type PlainCall",
        "type Reduce",
        "type ReduceLive",
        "type ReorderedSession",
        "type Session",
        "type SessionBundle",
        "type SessionOptions",
        "type SpawnCall",
        "type Step",
        "type Turn",
        "type WaitAgentCall",
        "type WaitCellCall",
        "type WriteCall",
      ]
    `);
    expect(Object.keys(testing).toSorted()).toEqual(values(names));
  });

  it('of the entry that writes sessions to disk is this list', () => {
    const names = listed('src/testing/node/index.ts');
    expect(names).toEqual(['writeBundle']);
    expect(Object.keys(testingOnDisk)).toEqual(names);
  });
});
