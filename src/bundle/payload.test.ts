import { describe, expect, it } from 'vitest';
import { payloadRefOf } from '../../test/helpers/facts.js';
import { describeProblem, TraceError, type Problem } from '../errors/trace-error.js';
import { payloadHandle, type PayloadByteStore } from './payload.js';

const ref = payloadRefOf('P1');
const mention = { seq: 7 };
const problemOf = (readText: () => string): Problem | undefined => {
  try {
    payloadHandle(ref, mention, readText).read();
    return undefined;
  } catch (error) {
    if (error instanceof TraceError) return error.problem;
    throw error;
  }
};

describe('a payload', () => {
  it('has its text, its JSON and its reference', () => {
    const handle = payloadHandle(ref, mention, () => '{"n":1.50}');
    expect(handle.read()).toEqual({ ref, text: '{"n":1.50}', value: { n: 1.5 } });
    expect(handle.ref).toBe(ref);
  });

  it('is read once, when it is asked for', () => {
    let reads = 0;
    const handle = payloadHandle(ref, mention, () => {
      reads += 1;
      return '[]';
    });
    expect(reads).toBe(0);
    expect(handle.read()).toBe(handle.read());
    expect(reads).toBe(1);
  });

  it('that cannot be read gives the same error again', () => {
    const handle = payloadHandle(ref, mention, () => '{');
    const errors = [0, 1].map(() => {
      try {
        return handle.read();
      } catch (error) {
        return error;
      }
    });
    expect(errors[0]).toBeInstanceOf(TraceError);
    expect(errors[0]).toBe(errors[1]);
  });

  it.each(['', '{', '{} x', 'NaN', '01', '"\\ud800"', '\ufeff{}', '['.repeat(128) + ']'.repeat(128)])(
    'is invalid where its text is %j',
    (text) => {
      expect(problemOf(() => text)).toMatchObject({
        code: 'payload_invalid',
        file: 'payloads/P1.json',
        seq: 7,
        entity: 'P1',
      });
    },
  );

  it.each(['null', ' 5 \n', '1e400', '['.repeat(127) + ']'.repeat(127), '{"a":1,"a":2}'])(
    'may be any JSON, such as %s',
    (text) => {
      expect(problemOf(() => text)).toBeUndefined();
    },
  );

  it('says of a problem of its store which event named it', () => {
    const problem = describeProblem('payload_outside_bundle', 'leaves', { file: '../P1.json', entity: 'x' });
    expect(
      problemOf(() => {
        throw new TraceError(problem);
      }),
    ).toMatchObject({ code: 'payload_outside_bundle', message: 'leaves', seq: 7, entity: 'P1' });
  });

  it('leaves other errors as they are', () => {
    const broken = payloadHandle(ref, mention, () => {
      throw new RangeError('bug');
    });
    expect(() => broken.read()).toThrow(RangeError);
  });
});

describe('a payload that is only verified', () => {
  const verified = (text: string) => () => payloadHandle(ref, mention, () => text).verify();

  it.each(['null', ' 5 \n', '1e400', '"\\ud800"', '{"a":1,"a":2}', '['.repeat(1000) + ']'.repeat(1000)])(
    'may be %s',
    (text) => {
      expect(verified(text)).not.toThrow();
    },
  );

  it.each(['', '{', '{} x', 'NaN', '01', '\ufeff{}', '[1,]'])('may not be %j', (text) => {
    expect(verified(text)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'payload_invalid',
          file: 'payloads/P1.json',
          seq: 7,
          entity: 'P1',
        }),
      }),
    );
  });

  it('must be there', () => {
    const problem = describeProblem('payload_missing', 'not there', { file: 'payloads/P1.json' });
    const handle = payloadHandle(ref, mention, () => {
      throw new TraceError(problem);
    });
    expect(() => handle.verify()).toThrow('not there');
  });

  it('is kept by nobody: who reads it afterwards reads it', () => {
    let reads = 0;
    const handle = payloadHandle(ref, mention, () => ((reads += 1), '[]'));
    handle.verify();
    handle.read();
    handle.verify();
    expect(reads).toBe(2);
  });

  it('gives the error of whoever read it in vain', () => {
    const handle = payloadHandle(ref, mention, () => '{');
    const errorOf = (act: () => unknown) => {
      try {
        return act();
      } catch (error) {
        return error;
      }
    };
    const error = errorOf(() => handle.read());
    expect(error).toBeInstanceOf(TraceError);
    expect(errorOf(() => handle.verify())).toBe(error);
  });

  it('is not read where somebody has its bytes', () => {
    const store: PayloadByteStore = { readNow: () => new Uint8Array(), decode: () => '' };
    const handle = payloadHandle(ref, mention, () => '{', store);
    handle.readBytes();
    expect(() => handle.verify()).not.toThrow();
  });
});

describe('a payload of a store of bytes', () => {
  const bytes = new TextEncoder().encode('[1]');
  const counted = () => {
    const calls: string[] = [];
    const store: PayloadByteStore = {
      readNow: () => (calls.push('bytes'), bytes),
      decode: () => (calls.push('decode'), '[1]'),
    };
    const handle = payloadHandle(ref, mention, () => (calls.push('text'), '[1]'), store);
    return { calls, handle };
  };

  it('gives its bytes, and reads them once', () => {
    const { calls, handle } = counted();
    expect(handle.readBytes()).toBe(bytes);
    expect(handle.readBytes()).toBe(bytes);
    expect(calls).toEqual(['bytes']);
  });

  it('decodes the bytes that were read', () => {
    const { calls, handle } = counted();
    handle.readBytes();
    expect(handle.read().value).toEqual([1]);
    expect(calls).toEqual(['bytes', 'decode']);
  });

  it('reads its text where nobody asked for bytes', () => {
    const { calls, handle } = counted();
    expect(handle.read().value).toEqual([1]);
    expect(calls).toEqual(['text']);
  });

  it('has no bytes where the store has none', () => {
    expect(payloadHandle(ref, mention, () => '[]').readBytes()).toBeUndefined();
  });
});
