import { field, isRecord } from '../json/access.js';
import { ExactNumber, ExactObject, JsonSyntaxError, parseExact, type ExactJson } from '../json/exact.js';
import { showsObjectOfIntegers, sliceAt } from '../json/locate.js';
import { isI64, later, type WireInteger } from '../model/integers.js';
import type { TokenUsage } from '../model/conversation.js';
import type { PayloadBody } from '../bundle/payload.js';

/**
 * Tokens of a response. A counter must be spelled as an integer within i64; a negative one counts as
 * zero. Without one of the four that every version wrote there is no usage at all.
 */
export const readUsage = (body: PayloadBody): TokenUsage | null => {
  const plain = field(body.value, 'token_usage');
  if (!isRecord(plain)) return null;
  const integerAt = showsObjectOfIntegers(body.text, 'token_usage')
    ? (name: string) => field(plain, name)
    : exactIntegers(sliceAt(body.text, ['token_usage']) ?? 'null');
  const counter = (name: string): WireInteger | undefined => {
    const integer = integerAt(name);
    return isI64(integer) ? later(integer, 0) : undefined;
  };
  const input_tokens = counter('input_tokens');
  const cached_input_tokens = counter('cached_input_tokens');
  const output_tokens = counter('output_tokens');
  const reasoning_output_tokens = counter('reasoning_output_tokens');
  if (
    input_tokens === undefined ||
    cached_input_tokens === undefined ||
    output_tokens === undefined ||
    reasoning_output_tokens === undefined
  ) {
    return null;
  }
  return {
    input_tokens,
    cached_input_tokens,
    cache_write_input_tokens: counter('cache_write_input_tokens') ?? 0,
    output_tokens,
    reasoning_output_tokens,
  };
};

const exactIntegers = (text: string) => {
  const usage = exactUsage(text);
  return (name: string): WireInteger | undefined => {
    const value = usage instanceof ExactObject ? usage.get(name) : undefined;
    return value instanceof ExactNumber ? value.asInteger() : undefined;
  };
};

/** Nothing where a repeated key hides what is no JSON. */
const exactUsage = (text: string): ExactJson => {
  try {
    return parseExact(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null;
    throw error;
  }
};
