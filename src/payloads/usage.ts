import { field } from '../json/access.js';
import { sliceAt } from '../json/locate.js';
import { isI64, type WireInteger } from '../model/integers.js';
import type { TokenUsage } from '../model/conversation.js';
import type { PayloadBody } from '../bundle/payload.js';

/**
 * Tokens of a response. A counter must be spelled as an integer within i64; a negative one counts as
 * zero. Without one of the four that every version wrote there is no usage at all.
 */
export const readUsage = (body: PayloadBody): TokenUsage | null => {
  const usage = field(body.value, 'token_usage');
  const counter = (name: string): WireInteger | undefined => {
    if (typeof field(usage, name) !== 'number') return undefined;
    return clampedInteger(sliceAt(body.text, ['token_usage', name]));
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
  const cache_write_input_tokens = counter('cache_write_input_tokens') ?? 0;
  return {
    input_tokens,
    cached_input_tokens,
    cache_write_input_tokens,
    output_tokens,
    reasoning_output_tokens,
  };
};

const clampedInteger = (literal: string | undefined): WireInteger | undefined => {
  if (literal === undefined || !/^-?\d+$/.test(literal)) return undefined;
  if (literal.startsWith('-')) return isI64(BigInt(literal)) ? 0 : undefined;
  const integer = Number(literal);
  if (Number.isSafeInteger(integer)) return integer;
  return isI64(BigInt(literal)) ? BigInt(literal) : undefined;
};
