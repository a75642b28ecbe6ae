import { LOG_FILE, MANIFEST_FILE } from '../../src/model/files.js';
import type { Files } from './bundle-on-disk.js';
import { usualManifest } from './fold.js';

/** A bundle in which so many turns begin and end, and nothing else happens: two events for each. */
export const turnsOnDisk = (turns: number): Files =>
  new Map([
    [MANIFEST_FILE, JSON.stringify(usualManifest)],
    [LOG_FILE, lines(turns).join('')],
  ]);

const lines = (turns: number): readonly string[] =>
  Array.from({ length: turns }, (_, turn) => {
    const thread_id = usualManifest.root_thread_id;
    const codex_turn_id = `turn ${turn}`;
    return [
      { type: 'codex_turn_started', codex_turn_id, thread_id },
      { type: 'codex_turn_ended', codex_turn_id, status: 'completed' },
    ].map((payload, index) => {
      const seq = 2 * turn + index + 1;
      const { rollout_id } = usualManifest;
      const envelope = { schema_version: 1, seq, wall_time_unix_ms: seq, rollout_id, thread_id };
      return `${JSON.stringify({ ...envelope, codex_turn_id, payload })}\n`;
    });
  }).flat();
