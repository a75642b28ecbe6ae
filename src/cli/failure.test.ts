import { describe, expect, it } from 'vitest';
import { describeProblem, TraceError } from '../errors/trace-error.js';
import { describeFailure, Failure } from './failure.js';

describe('what a user reads about a failure', () => {
  it('is the problem of the bundle and its hint, without a stack', () => {
    const error = new TraceError(describeProblem('log_unreadable', 'bad\u001b[2J', { file: 'trace.jsonl' }));
    expect(describeFailure(error)).toBe(
      'error: trace.jsonl: bad\\u001b[2J [log_unreadable]\n' +
        '  Check that trace.jsonl exists and is a readable file.\n',
    );
  });

  it('is what they can do about it', () => {
    expect(describeFailure(new Failure('no', 'do this'))).toBe('error: no\n  do this\n');
    expect(describeFailure(new Failure('no'))).toBe('error: no\n');
  });

  it('is what the system says', () => {
    const error = Object.assign(new Error('EIO: i/o error, read'), { syscall: 'read', code: 'EIO' });
    expect(describeFailure(error)).toBe('error: EIO: i/o error, read\n');
  });

  it('asks for a report, with the stack, where the command itself is wrong', () => {
    const text = describeFailure(new TypeError('x is not a function'));
    expect(text).toMatch(
      /^internal error: .* report it.*\nTypeError: x is not a function\n {4}at .*failure\.test/,
    );
    expect(describeFailure('thrown text')).toMatch(/report it.*\nthrown text\n$/);
  });
});
