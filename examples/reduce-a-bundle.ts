// Reads the graph of a recording: which commands failed, and what the model saw of them.
//   npx tsx examples/reduce-a-bundle.ts [bundle]
import { formatProblem, type ConversationPart } from 'rollout-trace';
import { replayBundle } from 'rollout-trace/node';

const { trace, diagnostics } = await replayBundle(process.argv[2] ?? 'examples/bundle');

const textOf = (part: ConversationPart): string => (part.type === 'text' ? part.text : `[${part.type}]`);

for (const [id, operation] of trace.terminal_operations) {
  const code = operation.result?.exit_code ?? 0;
  if (code === 0) continue;
  console.log(`${id} ended with exit code ${code}. The model saw:`);
  for (const item of operation.model_observations.flatMap((seen) => seen.output_item_ids)) {
    const parts = trace.conversation_items.get(item)?.body.parts ?? [];
    console.log(parts.map(textOf).join('\n'));
  }
}
for (const problem of diagnostics) console.log(formatProblem(problem));
if (trace.schema_version === 2 && !trace.recording_complete) console.log('The recording stops early.');
