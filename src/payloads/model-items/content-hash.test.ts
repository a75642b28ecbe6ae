import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentSha256 } from './content-hash.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the hash of content', () => {
  it.each([
    [
      '{"type":"input_image","image_url":"data:"}',
      '{"image_url":"data:","type":"input_image"}',
      'keys in order',
    ],
    ['{ "b" : [ 1 , {"d":1,"c":2} ] }', '{"b":[1,{"c":2,"d":1}]}', 'keys in order at every level'],
    ['{"n":1.50}', '{"n":1.50}', 'numbers in their spelling'],
    ['{"n":1E5}', '{"n":1e+5}', 'the sign of an exponent'],
    ['{"n":-0}', '{"n":0}', 'zero without a sign'],
    ['{"a":"\\u00e9\\/\\u0001"}', '{"a":"é/\\u0001"}', 'the usual escapes'],
    ['{"a":1,"a":2}', '{"a":2}', 'the last value of a repeated key'],
    ['7', '7', 'what is no object as it is'],
  ])('of %s is that of %s: %s', (json, compact) => {
    expect(contentSha256(json)).toBe(sha256(compact));
  });

  it('is lower-case hexadecimal of SHA-256', () => {
    expect(contentSha256('{}')).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });

  it('is another one for a number that is spelled otherwise', () => {
    expect(contentSha256('{"n":1.50}')).not.toBe(contentSha256('{"n":1.5}'));
  });
});
