import { describe, it } from 'vitest';
import {
  at,
  compactionInstalled,
  compactionRequestStarted,
  inferenceStarted,
  itemAccepted,
  missingPayload,
  otherEvent,
  payloadOf,
  recordingCompleted,
  rolloutEnded,
  rolloutStarted,
  threadEnded,
  threadResumed,
  threadStarted,
  toolCallStarted,
  turnEnded,
  turnStarted,
} from '../../test/helpers/facts.js';
import { given, headerSet, inserted } from '../../test/helpers/given.js';
import { threadAppeared, threadRestarted, turnAppeared, turnOver } from '../../test/helpers/learned.js';
import { insert, patch } from '../facts/writes.js';
import { endedAt, runningSince } from '../model/execution.js';
import { lifecycle } from './lifecycle.js';

const sinceStart = runningSince(at());
const T1 = threadStarted();
const U1 = turnStarted();

describe('the rollout', () => {
  it('takes its ids from the event, again and again', () => {
    given(lifecycle)
      .after(rolloutStarted())
      .when(rolloutStarted({ trace_id: 'other', root_thread_id: 'T9' }))
      .thenWrites(headerSet({ trace_id: 'other', root_thread_id: 'T9' }));
  });

  it('ends with the last status, even with one that says it is running', () => {
    given(lifecycle)
      .after(rolloutEnded({ status: 'failed' }))
      .when(rolloutEnded({ status: 'running', seq: 7 }))
      .thenWrites(headerSet({ status: 'running', ended_at_unix_ms: 1070 }));
  });
});

describe('an event of another kind', () => {
  it('is reported, and changes nothing', () => {
    given(lifecycle)
      .when(otherEvent())
      .thenReports({ code: 'event_unsupported', line: 1 })
      .thenWrites()
      .thenLearns();
  });
});

describe('a thread', () => {
  it('starts with the path of its event', () => {
    given(lifecycle)
      .when(T1)
      .thenWrites(
        insert('threads', 'T1', {
          thread_id: 'T1',
          agent_path: '/root',
          nickname: null,
          origin: { type: 'root' },
          execution: sinceStart,
          default_model: null,
          conversation_item_ids: [],
        }),
      )
      .thenLearns(threadAppeared());
  });

  it('that was spawned names its parent and the edge that will carry its task', () => {
    const thread_spawn = { parent_thread_id: 'T1', agent_path: '/root/counter', agent_role: 'explorer' };
    const metadata = payloadOf({
      nickname: 'James',
      task_name: 'count',
      model: 'gpt-test',
      session_source: { subagent: { thread_spawn } },
    });
    const origin = {
      type: 'spawned',
      parent_thread_id: 'T1',
      spawn_edge_id: 'edge:spawn:T1:T2',
      task_name: 'count',
      agent_role: 'explorer',
    } as const;
    given(lifecycle)
      .when(threadStarted({ thread_id: 'T2', agent_path: '/event', payload: metadata }))
      .thenWrites(
        inserted('threads', 'T2', {
          agent_path: '/root/counter',
          nickname: 'James',
          default_model: 'gpt-test',
          origin,
        }),
      )
      .thenLearns(threadAppeared({ thread_id: 'T2', agent_path: '/root/counter' }));
  });

  it('keeps its first start', () => {
    given(lifecycle)
      .after(T1)
      .when(threadStarted({ agent_path: '/other', seq: 4 }))
      .thenReports({ code: 'thread_duplicate', entity: 'T1', line: 4 })
      .thenWrites()
      .thenLearns();
  });

  it.each([
    ['cannot be read', missingPayload(), 'payload_missing'],
    ['is no metadata', payloadOf({ agent_path: 5 }), 'thread_metadata_invalid'],
  ] as const)('keeps the path of its event where its metadata %s', (_what, payload, code) => {
    given(lifecycle)
      .when(threadStarted({ payload }))
      .thenReports(code)
      .thenWrites(inserted('threads', 'T1', { agent_path: '/root', origin: { type: 'root' } }));
  });

  it('ends as often as the log says, the last time for good', () => {
    given(lifecycle)
      .after(T1, threadEnded({ seq: 2, status: 'failed' }))
      .when(threadEnded({ seq: 3 }))
      .thenWrites(patch('threads', 'T1', { execution: endedAt(sinceStart, at({ seq: 3 }), 'completed') }));
  });

  it('that nothing started gets a stand-in', () => {
    given(lifecycle)
      .when(threadEnded({ thread_id: 'T9' }))
      .thenReports({ code: 'thread_unknown', entity: 'T9' })
      .thenWrites(
        inserted('threads', 'T9', { agent_path: '(unknown)', execution: sinceStart }),
        patch('threads', 'T9', { execution: endedAt(sinceStart, at(), 'completed') }),
      )
      .thenLearns(threadAppeared({ thread_id: 'T9', agent_path: '(unknown)' }));
  });

  it('that is the root stands in with the path of the root', () => {
    given(lifecycle)
      .after(rolloutStarted())
      .when(U1)
      .thenReports('thread_unknown')
      .thenWritesTo('threads', inserted('threads', 'T1', { agent_path: '/root' }));
  });

  it('takes over its stand-in when it starts after all, and keeps what that gathered', () => {
    given(lifecycle)
      .after(threadEnded())
      .when(threadStarted({ agent_path: '/late', seq: 8 }))
      .thenWrites(
        patch('threads', 'T1', {
          agent_path: '/late',
          nickname: null,
          origin: { type: 'root' },
          default_model: null,
          execution: runningSince(at({ seq: 8 })),
        }),
      )
      .thenLearns(threadAppeared({ agent_path: '/late', seq: 8 }));
  });
});

describe('a turn', () => {
  it('starts in its thread', () => {
    given(lifecycle)
      .after(T1)
      .when(U1)
      .thenWrites(
        insert('codex_turns', 'U1', {
          codex_turn_id: 'U1',
          thread_id: 'T1',
          execution: sinceStart,
          input_item_ids: [],
        }),
      )
      .thenLearns(turnAppeared());
  });

  it('keeps its first start', () => {
    given(lifecycle)
      .after(T1, U1)
      .when(turnStarted({ thread_id: 'T2' }))
      .thenReports({ code: 'turn_duplicate', entity: 'U1' })
      .thenWrites()
      .thenLearns();
  });

  it('ends as often as the log says, the last time for good', () => {
    const place = { seq: 3, turn: null } as const;
    given(lifecycle)
      .after(T1, U1, turnEnded({ status: 'failed', seq: 2 }))
      .when(turnEnded({ status: 'aborted', ...place }))
      .thenWrites(patch('codex_turns', 'U1', { execution: endedAt(sinceStart, at({ seq: 3 }), 'aborted') }))
      .thenLearns(turnOver({ status: 'aborted', ...place }));
  });

  it('ends where no thread is named', () => {
    given(lifecycle)
      .after(T1, U1)
      .when(turnEnded({ thread: null }))
      .thenLearns(turnOver({ thread: null }));
  });

  it('ends all the same where another thread is named', () => {
    given(lifecycle)
      .after(T1, U1)
      .when(turnEnded({ thread: 'T2' }))
      .thenReports({ code: 'turn_of_other_thread', entity: 'U1' })
      .thenLearns(turnOver({ thread: 'T2' }));
  });

  it('that nothing started gets a stand-in in the thread of its end', () => {
    given(lifecycle)
      .after(T1)
      .when(turnEnded())
      .thenReports({ code: 'turn_unknown', entity: 'U1' })
      .thenWrites(
        inserted('codex_turns', 'U1', { thread_id: 'T1', execution: sinceStart }),
        patch('codex_turns', 'U1', { execution: endedAt(sinceStart, at(), 'completed') }),
      )
      .thenLearns(turnAppeared(), turnOver());
  });

  it('that nothing started and no thread knows is left out', () => {
    given(lifecycle)
      .after(T1)
      .when(turnEnded({ thread: null }))
      .thenReports('turn_unknown')
      .thenWrites();
  });

  it('takes over its stand-in when it starts after all', () => {
    given(lifecycle)
      .after(T1, turnEnded())
      .when(turnStarted({ seq: 5 }))
      .thenWrites(inserted('codex_turns', 'U1', { execution: runningSince(at({ seq: 5 })) }));
  });
});

describe('what belongs to a turn', () => {
  it.each([
    ['an inference call', inferenceStarted()],
    ['a compaction request', compactionRequestStarted()],
    ['an installed compaction', compactionInstalled()],
    ['a tool', toolCallStarted()],
  ])('%s needs nothing where thread and turn are known', (_what, fact) => {
    given(lifecycle).after(T1, U1).when(fact).thenNothing();
  });

  it.each([
    ['an inference call', inferenceStarted()],
    ['a compaction request', compactionRequestStarted()],
    ['an installed compaction', compactionInstalled()],
    ['a tool', toolCallStarted()],
  ])('%s of an unknown turn gets a stand-in for it', (_what, fact) => {
    given(lifecycle)
      .after(T1)
      .when(fact)
      .thenReports({ code: 'turn_unknown', entity: 'U1' })
      .thenWrites(inserted('codex_turns', 'U1', { thread_id: 'T1' }))
      .thenLearns(turnAppeared());
  });

  it.each([
    ['an inference call', inferenceStarted({ thread_id: 'T2' })],
    ['a compaction request', compactionRequestStarted({ thread_id: 'T2' })],
    ['an installed compaction', compactionInstalled({ thread: 'T2' })],
    ['a tool', toolCallStarted({ thread: 'T2' })],
  ])('%s of another thread than its turn keeps its thread', (_what, fact) => {
    given(lifecycle)
      .after(T1, threadStarted({ thread_id: 'T2' }), U1)
      .when(fact)
      .thenReports({ code: 'turn_of_other_thread', entity: 'U1' })
      .thenWrites();
  });

  it.each([
    ['thread', compactionInstalled({ thread: null })],
    ['turn', compactionInstalled({ turn: null })],
  ])('a compaction without a %s is reported', (_what, fact) => {
    given(lifecycle).after(T1, U1).when(fact).thenReports('context_missing').thenWrites();
  });

  it('a tool finds its thread by its turn, or needs no turn in a thread', () => {
    given(lifecycle)
      .after(T1, U1)
      .when(toolCallStarted({ thread: null }))
      .thenNothing();
    given(lifecycle)
      .after(T1, U1)
      .when(toolCallStarted({ turn: null }))
      .thenNothing();
  });

  it.each([
    ['no thread and no turn', toolCallStarted({ thread: null, turn: null }), 'context_missing'],
    ['only an unknown turn', toolCallStarted({ thread: null, turn: 'U9' }), 'turn_unknown'],
  ] as const)('a tool with %s is reported', (_what, fact, code) => {
    given(lifecycle).after(T1, U1).when(fact).thenReports(code).thenWrites();
  });
});

describe('a thread that goes on', () => {
  const ended = given(lifecycle).after(T1, threadEnded({ seq: 2 }));
  const runsAgain = patch('threads', 'T1', { execution: sinceStart });

  it('runs since its start again', () => {
    ended
      .when(threadResumed({ seq: 3 }))
      .thenWrites(runsAgain)
      .thenLearns(threadRestarted({ seq: 3 }));
  });

  it('must have ended, whatever status the end had', () => {
    given(lifecycle)
      .after(T1)
      .when(threadResumed())
      .thenReports({ code: 'thread_not_ended', entity: 'T1' })
      .thenWrites()
      .thenLearns();
    given(lifecycle)
      .after(T1, threadEnded({ status: 'running' }))
      .when(threadResumed())
      .thenWrites(runsAgain);
  });

  it('goes on once for each end', () => {
    ended.after(threadResumed()).when(threadResumed()).thenReports('thread_not_ended').thenWrites();
    ended
      .after(threadResumed(), threadEnded({ status: 'failed' }))
      .when(threadResumed())
      .thenWrites(runsAgain);
  });

  it('may end again', () => {
    ended
      .after(threadResumed())
      .when(threadEnded({ status: 'failed', seq: 9 }))
      .thenWrites(patch('threads', 'T1', { execution: endedAt(sinceStart, at({ seq: 9 }), 'failed') }));
  });

  it('gets a stand-in where nothing started it, which runs', () => {
    given(lifecycle)
      .when(threadResumed({ thread_id: 'T9' }))
      .thenReports({ code: 'thread_unknown', entity: 'T9' })
      .thenWrites(inserted('threads', 'T9', { execution: sinceStart }))
      .thenLearns(threadAppeared({ thread_id: 'T9', agent_path: '(unknown)' }));
  });

  it('leaves its turns as they are', () => {
    given(lifecycle)
      .after(T1, U1, turnEnded(), threadEnded())
      .when(threadResumed())
      .thenWritesTo('codex_turns');
  });
});

describe('a receipt', () => {
  it('belongs to a thread', () => {
    given(lifecycle)
      .after(T1)
      .when(itemAccepted({ thread: null }))
      .thenReports({ code: 'context_missing', entity: 'msg_1' })
      .thenWrites();
    given(lifecycle)
      .when(itemAccepted())
      .thenReports({ code: 'thread_unknown', entity: 'T1' })
      .thenWrites(inserted('threads', 'T1', {}));
  });

  it('may name any turn, or none', () => {
    given(lifecycle)
      .after(T1)
      .when(itemAccepted({ turn: 'U9' }), itemAccepted({ turn: null }))
      .thenNothing();
  });
});

describe('the end of a recording', () => {
  it('makes it complete', () => {
    given(lifecycle)
      .when(recordingCompleted())
      .thenWrites({ type: 'set_header', fields: { recording_complete: true } });
  });

  it('is not the end of the rollout', () => {
    given(lifecycle)
      .when(rolloutEnded({ seq: 7 }))
      .thenWrites(headerSet({ status: 'completed', ended_at_unix_ms: 1070 }));
  });
});
