// What a user's page does: reduces a bundle that it holds in memory with the package as it was built.
import { from } from 'rxjs';
import { memoryPayloadStore, printTrace, readManifest, reduceEvents } from 'rollout-trace';

export const reduce = async ({ manifest, lines, payloads }) => {
  const { trace } = await reduceEvents(from(lines.map((line) => JSON.parse(line))), readManifest(manifest), {
    payloads: memoryPayloadStore(new Map(payloads)),
    strict: true,
  });
  return [...printTrace(trace)].join('');
};
