import { problem } from '../facts/problems.js';
import { describeSequence, sequenceIssue } from '../facts/sequence.js';
import type { WireInteger } from '../model/integers.js';
import type { Manifest } from '../model/manifest.js';
import { rawEventTypes } from '../model/raw-event.js';
import { defineProjection } from './projection.js';

interface SealedLogState {
  previous: WireInteger;
  /** Lines since then that are no events. */
  unreadable: number;
  completed: boolean;
  /** Other rollouts and schemas that were reported: one event of each is enough. */
  readonly strangers: Set<string>;
}

/**
 * Checks what a recorder vouches for: that its log holds every event of one session, in order, and nothing
 * behind its end. Owns no field.
 */
export const sealedLog = ({ rollout_id, schema_version }: Manifest) =>
  defineProjection({
    name: 'sealedLog',
    reads: [...rawEventTypes, 'unreadable_line'],
    learns: [],
    initial: (): SealedLogState => ({ previous: 0, unreadable: 0, completed: false, strangers: new Set() }),
    step(state, fact, emit) {
      if (fact.type === 'unreadable_line') {
        state.unreadable += 1;
        return;
      }
      const { at, envelope } = fact;
      const isNew = (stranger: string): boolean =>
        !state.strangers.has(stranger) && state.strangers.add(stranger).size > 0;
      if (envelope.schema_version !== schema_version && isNew(`schema ${envelope.schema_version}`)) {
        const message = `the event has schema ${envelope.schema_version}, the manifest ${schema_version}`;
        emit(problem(at, 'event_of_other_schema', null, message));
      }
      const issue = sequenceIssue(state.previous, at.seq, state.unreadable);
      if (issue) {
        emit(problem(at, 'event_out_of_order', null, describeSequence(issue, state.previous, at.seq)));
      }
      if (envelope.rollout_id !== rollout_id && isNew(`rollout ${envelope.rollout_id}`)) {
        const message = `the event belongs to the rollout ${envelope.rollout_id}, the manifest to ${rollout_id}`;
        emit(problem(at, 'event_of_other_rollout', envelope.rollout_id, message));
      }
      if (state.completed) {
        emit(problem(at, 'event_after_end', null, `${fact.type} stands behind the end of the recording`));
      }
      state.previous = at.seq;
      state.unreadable = 0;
      state.completed ||= fact.type === 'recording_completed';
    },
  });
