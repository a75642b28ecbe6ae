import type { Exchange } from '../session.js';
import { newItem, readMailbox, remember, type ActiveTurn, type Stage } from './agent.js';
import { prepareCall } from './calls.js';
import { message, reasoning, type Item } from './items.js';
import { after, raced, start, type Moment } from './script.js';
import type { PlayTurn } from './tool.js';

/** A request to the model and what becomes of it. */
export const playExchange = (stage: Stage, turn: ActiveTurn, plan: Exchange, playTurn: PlayTurn): void => {
  const inference_call_id = `inference:${stage.script.next('inference')}`;
  const started = request(stage, turn, plan, inference_call_id);
  if (plan.outcome === 'completed') answer(stage, turn, plan, { inference_call_id, started, playTurn });
  else breakOff(stage, turn, plan, { inference_call_id, started });
};

interface Asked {
  readonly inference_call_id: string;
  readonly started: Moment;
}

const request = ({ script }: Stage, turn: ActiveTurn, plan: Exchange, inference_call_id: string): Moment => {
  const { thread } = turn;
  const continued = plan.incremental ? thread.continued : undefined;
  const input = thread.history.slice(continued?.length ?? 0).map(({ json }) => json);
  const request_payload = script.payload('inference_request', {
    model: 'model',
    ...(continued && { previous_response_id: continued.responseId }),
    input,
  });
  const fields = {
    inference_call_id,
    thread_id: thread.id,
    codex_turn_id: turn.turn,
    model: 'model',
    provider_name: 'provider',
    request_payload,
  };
  return script.event(turn, 'inference_started', fields, thread.now);
};

const breakOff = (stage: Stage, turn: ActiveTurn, plan: Exchange, asked: Asked): void => {
  const { script } = stage;
  const { thread } = turn;
  const { inference_call_id, started } = asked;
  thread.now = started;
  if (plan.outcome === 'unanswered') return;
  const output_items = plan.text === null ? [] : [newItem(stage, message('assistant', plan.text)).json];
  const partial_response_payload =
    plan.text === null ? null : script.payload('inference_response', { output_items });
  if (plan.outcome === 'failed') {
    const failed = { inference_call_id, error: 'failed', partial_response_payload };
    thread.now = script.event(turn, 'inference_failed', failed, started);
  } else {
    // Whoever waited for the answer goes on and does not wait for this to be noted. A call that is still open
    // when its turn ends gets the status of the turn, and items are numbered as they come.
    const cancelled = { inference_call_id, reason: 'interrupted', partial_response_payload };
    const noted = script.event(turn, 'inference_cancelled', cancelled, started);
    if (partial_response_payload) thread.now = after(started, raced(noted));
    turn.closing = after(turn.closing, raced(noted));
    thread.beside = after(thread.beside, noted);
  }
};

const answer = (
  stage: Stage,
  turn: ActiveTurn,
  plan: Exchange,
  { inference_call_id, started, playTurn }: Asked & { readonly playTurn: PlayTurn },
): void => {
  const { thread } = turn;
  const calls = plan.calls.flatMap((call) => prepareCall(stage, turn, call, playTurn) ?? []);
  const said = [
    ...(plan.reasoning === null ? [] : [reasoning(plan.reasoning, `blob ${inference_call_id}`)]),
    ...(plan.text === null ? [] : [message('assistant', plan.text, 'final_answer')]),
    ...calls.map(({ item }) => item),
  ].map((fields) => newItem(stage, fields));

  const complete = (race: Moment): Moment =>
    respond(stage, turn, inference_call_id, said, after(started, race));
  // Whether a tool starts before the response is complete decides whether the response is linked to it at once.
  const startAll = (race: Moment) => calls.map((call) => ({ call, ...call.start(started, race) }));
  const early = plan.early ? startAll(start) : [];
  const completed = complete(raced(after(...early.map(({ tool }) => tool))));
  const running = plan.early ? early : startAll(raced(completed));

  thread.now = completed;
  remember(stage, turn, said);
  thread.continued = { responseId: `response ${inference_call_id}`, length: thread.history.length };
  const ended = running.map(({ call, begun }) => call.run(begun));
  thread.now = after(thread.now, ...ended.map(({ done }) => done));
  remember(
    stage,
    turn,
    ended.map(({ output }) => newItem(stage, output)),
  );
  if (calls.some(({ readsMail }) => readsMail)) readMailbox(stage, turn);
};

const respond = (
  { script }: Stage,
  turn: ActiveTurn,
  inference_call_id: string,
  items: readonly Item[],
  from: Moment,
): Moment => {
  const response_id = `response ${inference_call_id}`;
  const response_payload = script.payload('inference_response', {
    response_id,
    token_usage: { input_tokens: 3, cached_input_tokens: 1, output_tokens: 2, reasoning_output_tokens: 0 },
    output_items: items.map(({ json }) => json),
  });
  const fields = { inference_call_id, response_id, upstream_request_id: null, response_payload };
  return script.event(turn, 'inference_completed', fields, from);
};
