import { recordingFrames, type RecordingFramesOptions } from '../../../src/node/view/recording-frames.js';
import { frameReader, type Frame } from '../../../viewer/src/recording/frames.js';
import { sessionBuilder, type Session } from '../../../viewer/src/recording/session.js';

/** All that is told of a bundle as it stands. */
export const framesOf = async (
  folder: string,
  options: Partial<RecordingFramesOptions> = {},
): Promise<readonly Frame[]> => {
  const read = frameReader();
  const frames: Frame[] = [];
  const { signal } = new AbortController();
  for await (const piece of recordingFrames(folder, { once: true, signal, ...options })) {
    frames.push(...read(piece));
  }
  return frames;
};

/** What the page makes of it. */
export const sessionOf = (frames: readonly Frame[]): Session => {
  const builder = sessionBuilder();
  for (const frame of frames) builder.take(frame);
  const session = builder.current();
  if (!session) throw new Error('no session began');
  return session;
};

export const lastMoment = ({ history }: Session) => history.after(history.length);
