import { describe, it } from 'vitest';
import { protocolEventObserved, recordingCompleted, rolloutEnded } from '../../test/helpers/facts.js';
import { usualManifest } from '../../test/helpers/fold.js';
import { given } from '../../test/helpers/given.js';
import { describeProblem } from '../errors/trace-error.js';
import type { RawFact } from '../facts/facts.js';
import type { WireInteger } from '../model/integers.js';
import { sealedLog } from './sealed-log.js';

const log = given(sealedLog({ ...usualManifest, schema_version: 2, rollout_id: 'R' }));

/** The event as one of the recording, or of another one. */
const of = <F extends RawFact>(fact: F, stranger: Partial<RawFact['envelope']> = {}): F => ({
  ...fact,
  envelope: { schema_version: 2, rollout_id: 'R', ...stranger },
});
const event = (seq: WireInteger, stranger: Partial<RawFact['envelope']> = {}) =>
  of(protocolEventObserved({ seq }), stranger);
const badLine = {
  type: 'unreadable_line',
  problem: describeProblem('line_invalid', 'bad', { file: 'trace.jsonl', line: 2 }),
} as const;

describe('a log that is vouched for', () => {
  it('is numbered from 1 without gaps', () => {
    log.when(event(1), event(2), event(3)).thenNothing();
  });

  it.each([
    ['begins late', [], 2, 'the log begins with seq 2, not 1'],
    ['has a gap', [1], 4, 'seq 2 to 3 are missing'],
    ['repeats a number', [1, 2], 2, 'seq 2 is repeated'],
    ['goes back', [1, 2, 3], 1, 'seq goes back from 3 to 1'],
  ])('that %s is out of order', (_what, before, seq, message) => {
    log
      .after(...before.map((number) => event(number)))
      .when(event(seq))
      .thenReports({ code: 'event_out_of_order', message, line: seq, seq });
  });

  it('is told of once for each place, and goes on from there', () => {
    log
      .after(event(1))
      .when(event(5), event(6), event(9))
      .thenReports({ code: 'event_out_of_order', seq: 5 }, { code: 'event_out_of_order', seq: 9 });
  });

  it('may have a gap where lines could not be read', () => {
    log.after(event(1), badLine).when(event(3)).thenNothing();
    log.after(badLine).when(event(2)).thenNothing();
    log.after(event(1), badLine).when(event(2)).thenNothing();
  });

  it('has a gap where fewer lines could not be read, and where they stand elsewhere', () => {
    log.after(event(1), badLine).when(event(4)).thenReports('event_out_of_order');
    log.after(event(1), badLine, event(3)).when(event(5)).thenReports('event_out_of_order');
  });

  it('has nothing to say of a line that could not be read', () => {
    log.when(badLine).thenNothing();
  });

  it('may count further than numbers are exact', () => {
    const large = 2n ** 63n;
    log
      .after(event(large))
      .when(event(large + 1n))
      .thenNothing();
    log.after(event(large)).when(event(large)).thenReports('event_out_of_order');
  });
});

describe('an event of another recording', () => {
  const foreign = { rollout_id: 'other' };

  it('is told of once for each rollout', () => {
    log
      .when(event(1, foreign), event(2, foreign), event(3), event(4, { rollout_id: 'third' }))
      .thenReports(
        { code: 'event_of_other_rollout', entity: 'other', seq: 1 },
        { code: 'event_of_other_rollout', entity: 'third', seq: 4 },
      );
  });

  it('is told of once for each schema', () => {
    log
      .when(event(1, { schema_version: 1 }), event(2, { schema_version: 1 }), event(3, { schema_version: 3 }))
      .thenReports({ code: 'event_of_other_schema', seq: 1 }, { code: 'event_of_other_schema', seq: 3 });
  });

  it('may be of another schema and another rollout, and out of order', () => {
    log
      .when(event(2, { schema_version: 1, ...foreign }))
      .thenReports('event_of_other_schema', 'event_out_of_order', 'event_of_other_rollout');
  });
});

describe('the end of a recording', () => {
  const end = of(recordingCompleted({ seq: 1 }));

  it('may come, and need not', () => {
    log.when(end).thenNothing();
    log.when(of(rolloutEnded({ seq: 1 })), event(2)).thenNothing();
  });

  it('has nothing behind it, each event is told of', () => {
    log
      .after(end)
      .when(event(2), event(3))
      .thenReports({ code: 'event_after_end', seq: 2 }, { code: 'event_after_end', seq: 3 });
  });

  it('comes once', () => {
    log
      .after(end)
      .when(of(recordingCompleted({ seq: 2 })))
      .thenReports('event_after_end');
  });

  it('may have lines behind it that are no events, which are told of elsewhere', () => {
    log.after(end).when(badLine).thenNothing();
  });
});
