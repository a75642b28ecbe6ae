import fc from 'fast-check';
import { renameSync } from 'node:fs';
import path from 'node:path';
import { Agent, task } from '../../examples/agent/agent.js';
import { rootScript, ScriptedModel } from '../../examples/agent/model.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { recordRollout, type RolloutRecorder } from '../../src/recorder/index.js';
import { recorderCalls } from '../../test/recorder/calls.js';
import { Host } from '../../test/recorder/host.js';

/** Records a session beside the folder that it shall have: a bundle has a name of its own. */
const recordInto = async (
  folder: string,
  schema: SchemaVersion,
  live: (session: RolloutRecorder) => void | Promise<void>,
): Promise<void> => {
  // Hosts make mistakes here, and are warned.
  const session = recordRollout({ traceRoot: path.dirname(folder), schema, warn: () => {} });
  await live(session);
  session.close();
  if (session.bundle === null) throw new Error('nothing was recorded');
  renameSync(session.bundle, folder);
};

/** The agent of the examples. */
export const recordExample = (folder: string, schema: SchemaVersion): Promise<void> =>
  recordInto(folder, schema, async (session) => {
    await new Agent(session, new ScriptedModel(rootScript())).work(task());
    session.ended();
  });

/** Calls that a host could make, drawn by a seed; half of the sessions stop in the middle. */
export const recordCalls = (folder: string, schema: SchemaVersion, seed: number): Promise<void> =>
  recordInto(folder, schema, (session) => {
    const host = new Host(session, schema);
    for (const call of fc.sample(fc.noBias(recorderCalls), { seed, numRuns: 1 }).flat()) host.make(call);
    if (seed % 2 === 0) session.ended();
  });
