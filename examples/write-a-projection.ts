// A projection of your own: which files did patches change? The graph does not say.
//   npx tsx examples/write-a-projection.ts [bundle]
import { createReadStream, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  defineProjection,
  payloadMissing,
  payloadValue,
  readManifest,
  reduceLive,
  select,
  type AsyncPayloadStore,
} from 'rollout-trace';
import { readEvents, replayBundle } from 'rollout-trace/node';
import * as z from 'zod';

interface PatchedFiles {
  /** Files that a patch names which has not ended yet, by its tool call. */
  pending: Record<string, string[]>;
  /** Tool calls that changed a file, by its path. */
  changes: Map<string, string[]>;
}

export const patchedFiles = defineProjection({
  reads: ['tool_started', 'tool_ended'],
  initial: (): PatchedFiles => ({ pending: {}, changes: new Map() }),
  step(state, fact) {
    switch (fact.type) {
      case 'tool_started':
        if (fact.kind.type !== 'apply_patch') return;
        state.pending[fact.tool_call_id] = filesIn(payloadValue(fact.payload));
        return;
      case 'tool_ended': {
        const files = state.pending[fact.tool_call_id] ?? [];
        delete state.pending[fact.tool_call_id];
        if (fact.status !== 'completed') return;
        for (const file of files) {
          const before = state.changes.get(file) ?? [];
          state.changes.set(file, [...before, fact.tool_call_id]);
        }
      }
    }
  },
});

const invocation = z.object({ payload: z.object({ input: z.string() }) });

const filesIn = (payload: unknown): string[] => {
  const patch = invocation.safeParse(payload).data?.payload.input ?? '';
  return [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map(([, file = '']) => file);
};

const bundle = process.argv[2] ?? 'examples/bundle';

// What it comes to, for a recording that is complete:
const { trace, views } = await replayBundle(bundle, { projections: { patchedFiles } });

for (const [file, calls] of views.patchedFiles.changes) {
  const threads = calls.map((id) => trace.tool_calls.get(id)?.thread_id ?? '');
  const agents = threads.map((id) => trace.threads.get(id)?.agent_path);
  console.log(`${file} was changed by ${agents.join(', ')}`);
}

// And while the events still come:
const manifest = readManifest(readFileSync(path.join(bundle, 'manifest.json'), 'utf8'));
const events$ = readEvents(createReadStream(path.join(bundle, 'trace.jsonl')));
const payloads: AsyncPayloadStore = {
  load: (ref) =>
    readFile(path.join(bundle, ref.path), 'utf8').catch((cause: unknown) => {
      throw payloadMissing(ref, { cause });
    }),
};

const snapshots$ = reduceLive(events$, manifest, { payloads, projections: { patchedFiles } });
await snapshots$.pipe(select((snapshot) => snapshot.views.patchedFiles)).forEach(({ pending, changes }) => {
  console.log(`running patches: ${Object.keys(pending).length}, changed files: ${changes.size}`);
});
