import type { TokenUsage } from '../model/conversation.js';
import type { WireInteger } from '../model/integers.js';

/** Sums of {@link TokenUsage} over calls to the model. */
export const addUsage = (a: TokenUsage, b: TokenUsage): TokenUsage => ({
  input_tokens: sum(a.input_tokens, b.input_tokens),
  cached_input_tokens: sum(a.cached_input_tokens, b.cached_input_tokens),
  cache_write_input_tokens: sum(a.cache_write_input_tokens, b.cache_write_input_tokens),
  output_tokens: sum(a.output_tokens, b.output_tokens),
  reasoning_output_tokens: sum(a.reasoning_output_tokens, b.reasoning_output_tokens),
});

export const noUsage: TokenUsage = {
  input_tokens: 0,
  cached_input_tokens: 0,
  cache_write_input_tokens: 0,
  output_tokens: 0,
  reasoning_output_tokens: 0,
};

/** A number where that is exact, like every integer of the format. */
const sum = (a: WireInteger, b: WireInteger): WireInteger => {
  const total = BigInt(a) + BigInt(b);
  return total <= Number.MAX_SAFE_INTEGER ? Number(total) : total;
};
