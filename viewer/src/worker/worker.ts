import './no-eval.js';
import { frameReader } from '../recording/frames.js';
import { sessionBuilder } from '../recording/session.js';
import { openSource, type RecordingSource } from '../recording/sources.js';
import type { FromWorker, QueryMessage, QueryName, ToWorker } from '../views/protocol.js';
import { answers } from './answers.js';
import { pause } from './pause.js';

/** Milliseconds of reduction before a question gets its turn. */
const SLICE_MS = 12;
/** Milliseconds between two reports of progress while more is read, at least. */
const REPORT_MS = 200;
/** So many times as long as the answers to a report took, the reading goes on before the next one. */
const READING_SHARE = 8;

const builder = sessionBuilder();
let generation = 0;
/** Milliseconds that answers took since the last report. */
let answering = 0;

const send = (message: FromWorker): void => postMessage(message);

const report = (failure: string | null = null): void => {
  const events = builder.current()?.history.length ?? 0;
  send({ type: 'progress', progress: { events, generation, isCaughtUp: builder.isCaughtUp(), failure } });
};

const read = async (source: RecordingSource): Promise<void> => {
  const framesOf = frameReader();
  const reader = (await openSource(source)).getReader();
  let started = performance.now();
  /** The first report is due at once. */
  let reported = -Infinity;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    for (const frame of framesOf(next.value)) {
      if (frame.header.type === 'restart') generation += 1;
      builder.take(frame);
      if (performance.now() - started < SLICE_MS) continue;
      const events = builder.current()?.history.length ?? 0;
      // The page is painted as soon as there is anything, and then now and then.
      const due = Math.max(REPORT_MS, READING_SHARE * answering);
      if (events > 0 && performance.now() - reported > due) {
        report();
        reported = performance.now();
        answering = 0;
      }
      await pause();
      started = performance.now();
    }
    if (builder.isCaughtUp()) report();
  }
};

const answer = <Name extends QueryName>({ key, name, asked }: QueryMessage<Name>): void => {
  const session = builder.current();
  if (!session) return send({ type: 'refused', key, name, reason: 'nothing of the recording is read yet' });
  const started = performance.now();
  try {
    send({ type: 'answer', key, name, answer: answers[name](session, asked) });
  } catch (error) {
    send({ type: 'refused', key, name, reason: wordsOf(error) });
  }
  answering += performance.now() - started;
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'query') answer(data);
  else read(data.source).catch((error: unknown) => report(wordsOf(error)));
});
