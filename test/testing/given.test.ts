import { describe, expect, it } from 'vitest';
import { defineProjection } from '../../src/projections/projection.js';
import { given, headerSet, inserted } from '../helpers/given.js';
import { rawPayloads } from '../../src/projections/raw-payloads.js';
import { compactions } from '../../src/projections/compactions.js';
import {
  compactionRequestCompleted,
  protocolEventObserved,
  rolloutStarted,
  threadStarted,
} from '../helpers/facts.js';

const lastTrace = defineProjection({
  name: 'lastTrace',
  reads: ['rollout_started'],
  learns: [],
  initial: () => ({ trace: '' }),
  step(state, fact, emit) {
    state.trace += fact.body.trace_id;
    emit(headerSet({ trace_id: state.trace }));
  },
});
const outcome = () =>
  given(lastTrace)
    .after(rolloutStarted({ trace_id: 'a' }))
    .when(rolloutStarted({ trace_id: 'b' }));

describe('given, when, then', () => {
  it('hold where a projection says what was expected, after what happened before', () => {
    expect(() =>
      outcome()
        .thenWrites(headerSet({ trace_id: 'ab' }))
        .thenLearns()
        .thenReports(),
    ).not.toThrow();
    expect(() => given(lastTrace).when().thenNothing()).not.toThrow();
  });

  it('show what was expected and what was found', () => {
    expect(() => outcome().thenWrites(headerSet({ trace_id: 'c' }))).toThrow(
      [
        'the writes differ (- expected, + found):',
        '  [',
        '    {',
        '      "fields": {',
        '-       "trace_id": "c"',
        '+       "trace_id": "ab"',
        '      },',
        '      "type": "set_header"',
        '    }',
      ].join('\n'),
    );
    expect(() => outcome().thenNothing()).toThrow('something was said');
    expect(() => outcome().thenWrites()).toThrow('the writes differ');
  });

  it('find rows by the fields that matter', () => {
    const said = () => given(rawPayloads).when(protocolEventObserved());
    const id = 'P1';
    expect(() =>
      said().thenWritesTo('raw_payloads', inserted('raw_payloads', id, { raw_payload_id: id })),
    ).not.toThrow();
    expect(() => said().thenWritesTo('threads')).not.toThrow();
    expect(() =>
      said().thenWritesTo('raw_payloads', inserted('raw_payloads', id, { path: 'other' })),
    ).toThrow('-       "path": "other"');
  });

  it('do not let a problem pass that nobody expected', () => {
    const said = () => given(compactions).when(compactionRequestCompleted());
    expect(() => said().thenReports('compaction_request_unknown').thenWrites()).not.toThrow();
    expect(() => said().thenReports({ code: 'compaction_request_unknown', seq: 1 })).not.toThrow();
    expect(() => said().thenWrites()).toThrow('there are problems');
    expect(() => said().thenReports('thread_unknown')).toThrow('the problems differ');
  });

  it('do not let a step change a fact', () => {
    const careless = defineProjection({
      name: 'careless',
      reads: ['thread_started'],
      learns: [],
      initial: () => ({}),
      step: (_state, fact) => void Object.assign(fact.body, { agent_path: '/other' }),
    });
    expect(() => given(careless).when(threadStarted())).toThrow('read only');
  });
});
