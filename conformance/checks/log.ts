import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { LOG_FILE } from '../../src/model/files.js';

const event = z.object({ payload: z.object({ type: z.string() }) });

/** Types of the events of a log; the last line of a killed process may be half of one, and does not count. */
export const eventTypesIn = (bundle: string): readonly string[] =>
  readFileSync(path.join(bundle, LOG_FILE), 'utf8')
    .split('\n')
    .flatMap((line) => event.safeParse(parsed(line)).data?.payload.type ?? []);

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
