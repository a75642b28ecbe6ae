import { describe, expect, it } from 'vitest';
import { rulesFor } from '../schemas/index.js';
import { findInLines } from './find-events.js';

const event = (seq: number | string): string =>
  `{"schema_version":1,"seq":${seq},"wall_time_unix_ms":1,"rollout_id":"R","thread_id":null,"codex_turn_id":null,"payload":{"type":"rollout_ended","status":"completed"}}`;

/** What is found of a number in lines of a log, the last of which has no line break. */
const found = (seq: bigint, ...texts: readonly (string | undefined)[]) => {
  const lines = texts.map((text, index) => {
    const position = { line: index + 1, complete: index + 1 < texts.length };
    return { text, position, read: 0 };
  });
  const search = findInLines(lines, rulesFor(1).event, seq);
  return { ...search, found: search.found.map(({ line, entry }) => [line, entry.type]) };
};

describe('a number in a log', () => {
  it('is that of an event, wherever it stands and however often', () => {
    expect(found(2n, event(3), event(2), event(1), event(2))).toEqual({
      found: [
        [2, 'event'],
        [4, 'event'],
      ],
      below: 1,
      above: 3,
      unreadable: [],
    });
  });

  it('lies between the nearest others where none has it', () => {
    const log = [event(9), event(1), event(4), event(7)];
    expect(found(5n, ...log)).toMatchObject({ found: [], below: 4, above: 7 });
    expect(found(10n, ...log)).toMatchObject({ found: [], below: 9, above: null });
    expect(found(0n, ...log)).toMatchObject({ found: [], below: null, above: 1 });
  });

  it('is known with all its digits', () => {
    const log = [event('9007199254740992'), event('9007199254740993')];
    expect(found(9007199254740993n, ...log).found).toEqual([[2, 'event']]);
  });

  it('is also what a line says that is no event', () => {
    expect(found(3n, event(1), '{"seq": 3}', '', '{"schema_version":1,"seq":3,"wa').found).toEqual([
      [2, 'problem'],
      [4, 'problem'],
    ]);
  });

  it('is not known of a line that does not say it whole, or is no text', () => {
    expect(found(3n, 'bad', undefined, '{"seq":3')).toMatchObject({ found: [], unreadable: [1, 2, 3] });
    expect(found(3n, '{"seq":30,')).toMatchObject({ found: [], unreadable: [1] });
  });
});
