import { recordingFrames } from '../../src/node/view/recording-frames.js';
import { frameReader } from '../../viewer/src/recording/frames.js';
import { sessionBuilder, type Session } from '../../viewer/src/recording/session.js';

/** A bundle as the worker of the viewer has it once all is read. */
export const viewedBundle = async (directory: string): Promise<Session> => {
  const builder = sessionBuilder();
  const framesOf = frameReader();
  const { signal } = new AbortController();
  for await (const piece of recordingFrames(directory, { once: true, signal })) {
    for (const frame of framesOf(piece)) builder.take(frame);
  }
  const session = builder.current();
  if (!session) throw new Error(`${directory} has no manifest`);
  return session;
};
