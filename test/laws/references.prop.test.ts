import { expect, it } from 'vitest';
import { traceBuilder } from '../../src/trace/trace-builder.js';
import { headerOf } from '../../src/replay.js';
import { factsOf, reduceInMemory } from '../helpers/cascade.js';
import { isWrite } from '../../src/facts/writes.js';
import { danglingReferences } from './references.js';
import { holdsForAll, subjects } from './subjects.js';

it('refers to rows that are there, or explains in a diagnostic why one is not', () => {
  holdsForAll(
    ({ opened }) => {
      const reduction = reduceInMemory(opened, { strict: false });
      expect(danglingReferences(reduction)).toEqual([]);
    },
    { mutants: 500 },
  );
});

it('would notice any table that went missing', () => {
  const missed = new Set<string>();
  for (const { opened } of subjects) {
    const whole = reduceInMemory(opened, { strict: false });
    const writes = factsOf(opened).filter(isWrite);
    for (const write of writes) {
      if (write.type !== 'insert' || missed.has(write.table)) continue;
      const builder = traceBuilder(headerOf(opened.manifest));
      for (const other of writes) if (other !== write) builder.apply(other);
      if (danglingReferences({ ...whole, trace: builder.snapshot() }).length > 0) missed.add(write.table);
    }
  }
  // Nothing must refer to an edge: what names one (a spawned thread) may do so in vain.
  expect([...missed].toSorted()).toEqual([
    'code_cells',
    'codex_turns',
    'compaction_requests',
    'compactions',
    'conversation_items',
    'inference_calls',
    'raw_payloads',
    'terminal_operations',
    'terminal_sessions',
    'threads',
    'tool_calls',
  ]);
});
