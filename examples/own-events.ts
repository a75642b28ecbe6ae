// Reduces events that are no bundle on disk: here from memory, but any observable will do.
//   npx tsx examples/own-events.ts
import { from } from 'rxjs';
import { memoryPayloadStore, reduceEvents, type Manifest } from 'rollout-trace';

const thread_id = '019d3c50-0000-7000-8000-0000000000f1';
const rollout_id = 'rollout-1';

const manifest: Manifest = {
  schema_version: 1,
  trace_id: 'trace-1',
  rollout_id,
  root_thread_id: thread_id,
  started_at_unix_ms: 1_774_854_900_000,
  raw_event_log: 'trace.jsonl',
  payloads_dir: 'payloads',
};

const request = {
  raw_payload_id: 'raw_payload:1',
  kind: { type: 'inference_request' },
  path: 'payloads/1.json',
};
const payloads = memoryPayloadStore(
  new Map([
    [request.path, JSON.stringify({ input: [{ type: 'message', role: 'user', content: 'Hello!' }] })],
  ]),
);

const call = { inference_call_id: 'inference:1', thread_id, codex_turn_id: 'turn-1' };
const bodies = [
  { type: 'rollout_started', trace_id: manifest.trace_id, root_thread_id: thread_id },
  { type: 'thread_started', thread_id, agent_path: '/root' },
  { type: 'codex_turn_started', codex_turn_id: 'turn-1', thread_id },
  { type: 'inference_started', ...call, model: 'any', provider_name: 'any', request_payload: request },
  { type: 'codex_turn_ended', codex_turn_id: 'turn-1', status: 'completed' },
];
const events = bodies.map((payload, index) => ({
  schema_version: 1,
  seq: index + 1,
  wall_time_unix_ms: manifest.started_at_unix_ms,
  rollout_id,
  payload,
}));

const { trace, diagnostics } = await reduceEvents(from(events), manifest, { payloads });

for (const { agent_path, conversation_item_ids } of trace.threads.values()) {
  console.log(`${agent_path} saw ${conversation_item_ids.length} item`);
}
for (const { inference_call_id, execution } of trace.inference_calls.values()) {
  console.log(`${inference_call_id} is ${execution.status}: its turn ended before an answer came`);
}
console.log(`${diagnostics.length} problems`);
