import { replayBundle } from '../src/node/index.js';

/** What the original refuses gives a graph and says what is wrong; how it does not, if it does not. */
export const differenceByDefault = async (bundle: string): Promise<string | undefined> => {
  const { diagnostics } = await replayBundle(bundle);
  return diagnostics.length > 0 ? undefined : 'refused, but without a diagnostic by default';
};
