import type { PayloadHandle } from '../bundle/payload.js';
import { TraceError } from '../errors/trace-error.js';
import type { FactOf } from '../facts/facts.js';
import { problem, readPayload } from '../facts/problems.js';
import { stringField } from '../json/access.js';
import { JsonSyntaxError } from '../json/exact.js';
import { parseJson } from '../json/parse.js';
import type { ConversationPart } from '../model/conversation.js';
import type { ThreadId } from '../model/ids.js';
import type { ItemSource, ModelItem } from '../payloads/model-items/model-item.js';
import { readPlaces } from '../payloads/model-items/read-items.js';
import { requestLayout } from '../payloads/request/layout.js';
import { RequestBytes, sharedPrefix } from '../payloads/request/shared-prefix.js';
import type { SchemaRules } from '../schemas/rules.js';
import { defineProjection, type Emit } from './projection.js';

interface RequestsState {
  /** The last full request of each thread, if the live history still begins with its items. */
  readonly last: Map<ThreadId, LastRequest>;
}

interface LastRequest {
  readonly request: RequestBytes;
  /** Index of the first item whose identity depends on its payload: it cannot be shared. */
  readonly stable: number;
}

/**
 * Reads the items of requests. A full request repeats nearly all of the one before: the bytes that are
 * the same are neither decoded nor parsed again, and say only how many items they hold. Owns no field.
 */
export const requests = (rules: SchemaRules, options: { readonly sharePrefixes: boolean }) =>
  defineProjection({
    name: 'requests',
    reads: ['inference_opened', 'compaction_installed'],
    learns: ['request_read'],
    initial: (): RequestsState => ({ last: new Map() }),
    step(state, fact, emit) {
      if (fact.type === 'compaction_installed') {
        // The next request is compared with the replacement history.
        if (fact.at.thread !== null) state.last.delete(fact.at.thread);
        return;
      }
      const last = state.last.get(fact.thread_id);
      if (last && readRest(rules, state, fact, last, emit)) return;
      const keep = readWhole(rules, state, fact, emit);
      if (options.sharePrefixes && keep) keepBytes(state, fact, keep);
    },
  });

type RequestsEmit = Emit<'request_read'>;
/** In the order of the list; undefined for those that take no place. */
type Items = readonly (ModelItem | undefined)[];

/** A payload that cannot be read is reported when it is read as a whole. */
const bytesOf = (payload: PayloadHandle): Uint8Array | undefined => {
  try {
    return payload.readBytes();
  } catch (error) {
    if (error instanceof TraceError) return undefined;
    throw error;
  }
};

/** Gives the items of a full request, which the next one may repeat. */
const readWhole = (
  rules: SchemaRules,
  state: RequestsState,
  fact: FactOf<'inference_opened'>,
  emit: RequestsEmit,
): Items | undefined => {
  const { at, inference_call_id, thread_id, payload } = fact;
  state.last.delete(thread_id);
  const body = readPayload(payload, emit);
  if (!body) return undefined;
  const items = readPlaces(body, 'input', sourceOf(rules, payload));
  if (!items) {
    const message = `inference request payload ${payload.ref.raw_payload_id} has no input list`;
    emit(problem(at, 'request_input_missing', inference_call_id, message));
    return undefined;
  }
  const previous_response_id = stringField(body.value, 'previous_response_id') ?? null;
  tell(fact, previous_response_id, 0, items, emit);
  return previous_response_id === null ? items : undefined;
};

const keepBytes = (
  state: RequestsState,
  { thread_id, payload }: FactOf<'inference_opened'>,
  items: Items,
): void => {
  const bytes = bytesOf(payload);
  const layout = bytes && requestLayout(bytes);
  if (!layout) return;
  state.last.set(thread_id, { request: new RequestBytes(bytes, layout), stable: stableUpTo(items) });
};

/** Reads what is new. False where the request has to be read as a whole. */
const readRest = (
  rules: SchemaRules,
  state: RequestsState,
  fact: FactOf<'inference_opened'>,
  last: LastRequest,
  emit: RequestsEmit,
): boolean => {
  const bytes = bytesOf(fact.payload);
  const shared = bytes && sharedPrefix(last.request, bytes, last.stable, fact.payload.commonLength);
  const items = shared && parseRest(shared.rest, sourceOf(rules, fact.payload));
  if (!items) return false;
  const stable = shared.count + stableUpTo(items);
  state.last.set(fact.thread_id, { request: shared.next, stable });
  tell(fact, null, shared.count, items, emit);
  return true;
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The items behind the shared ones; undefined where they are no list of JSON values. */
const parseRest = (rest: Uint8Array, source: Omit<ItemSource, 'text'>): Items | undefined => {
  try {
    // The first element stands for the shared items, so that the comma behind them is checked too.
    const text = `{"input":[0${utf8.decode(rest)}]}`;
    return readPlaces({ value: parseJson(text), text }, 'input', source, 1);
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
};

/** Index of the first item that takes no place, or that is known by its payload; Infinity if there is none. */
const stableUpTo = (items: Items): number => {
  const index = items.findIndex((item) => !item || item.parts.some(isKnownByPayload));
  return index === -1 ? Infinity : index;
};

const isKnownByPayload = (part: ConversationPart): boolean =>
  part.type === 'payload_ref' && part.content_sha256 === undefined;

const sourceOf = (rules: SchemaRules, { ref }: PayloadHandle): Omit<ItemSource, 'text'> => ({
  form: rules.items.form,
  raw_payload_id: ref.raw_payload_id,
});

const tell = (
  { at, inference_call_id, thread_id, codex_turn_id, payload }: FactOf<'inference_opened'>,
  previous_response_id: string | null,
  shared: number,
  items: Items,
  emit: RequestsEmit,
): void => {
  const subject = { inference_call_id, thread_id, codex_turn_id };
  const seen = items.filter((item) => item !== undefined);
  emit({ type: 'request_read', at, ...subject, previous_response_id, shared, items: seen, payload });
};
