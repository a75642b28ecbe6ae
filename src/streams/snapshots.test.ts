import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { at, unresolved } from '../../test/helpers/facts.js';
import { usualManifest } from '../../test/helpers/fold.js';
import type { Fact } from '../facts/facts.js';
import { problem } from '../facts/problems.js';
import { insert, patch } from '../facts/writes.js';
import { tableNames } from '../model/rollout-trace.js';
import { headerOf } from '../replay.js';
import type { Batch } from './batch.js';
import { snapshots, type TraceSnapshot } from './snapshots.js';

const header = headerOf(usualManifest);

const nothing: readonly Fact[] = [];
const batch = (facts: readonly Fact[], outlook: readonly Fact[] | undefined = nothing): Batch => ({
  facts,
  last: false,
  outlook,
});
const taken = (...batches: readonly Batch[]): readonly TraceSnapshot[] => {
  const all: TraceSnapshot[] = [];
  from(batches)
    .pipe(snapshots(header))
    .subscribe((snapshot) => all.push(snapshot));
  return all;
};

const payload = (id: string) =>
  insert('raw_payloads', id, { raw_payload_id: id, kind: { type: 'protocol_event' }, path: `${id}.json` });
const wrong = (message: string) => problem(at(), 'inference_unknown', 'call', message);
const waiting = unresolved({ entity: 'cell', waitsFor: 'its source' });

describe('a snapshot', () => {
  it('follows each batch that looks ahead, and no other', () => {
    const [only, ...rest] = taken({ facts: [payload('P1')], last: false }, batch([payload('P2')]));
    expect(only?.trace.raw_payloads.keys()).toEqual(['P1', 'P2']);
    expect(rest).toEqual([]);
  });

  it('is made of the very same parts where nothing happened', () => {
    const outlook = [waiting, wrong('foreseen')];
    const [before, after] = taken(batch([payload('P1'), wrong('said')], outlook), batch([], outlook));
    expect(after?.trace).toBe(before?.trace);
    expect(after?.diagnostics).toBe(before?.diagnostics);
    expect(after?.pending).toBe(before?.pending);
    expect(after?.changes.size).toBe(0);
  });

  it('makes only the table anew in which something happened', () => {
    const [before, after] = taken(
      batch([payload('P1'), payload('P2')]),
      batch([patch('raw_payloads', 'P2', { path: 'moved.json' })]),
    );
    expect(tableNames.filter((name) => after?.trace[name] !== before?.trace[name])).toEqual(['raw_payloads']);
    expect(after?.trace.raw_payloads.get('P1')).toBe(before?.trace.raw_payloads.get('P1'));
    expect([...(after?.changes ?? [])]).toEqual([['raw_payloads', ['P2']]]);
    expect(after?.diagnostics).toBe(before?.diagnostics);
  });

  it('tells problems in their order, each once, those that are foreseen last', () => {
    const [said, foreseen] = [wrong('said'), wrong('foreseen')];
    const all = taken(
      batch([said]),
      batch([], [foreseen]),
      batch([said, foreseen], [foreseen]),
      batch([wrong('new')]),
    );
    expect(all.map(({ diagnostics }) => diagnostics.map(({ message }) => message))).toEqual([
      ['said'],
      ['said', 'foreseen'],
      ['said', 'foreseen'],
      ['said', 'foreseen', 'new'],
    ]);
  });

  it('shows what is foreseen, and takes it back', () => {
    const [, laid, back] = taken(
      batch([payload('P1')]),
      batch([], [payload('P2'), waiting]),
      batch([payload('P3')]),
    );
    expect(laid?.trace.raw_payloads.keys()).toEqual(['P1', 'P2']);
    expect(laid?.pending).toHaveLength(1);
    expect(back?.trace.raw_payloads.keys()).toEqual(['P1', 'P3']);
    expect(back?.changes.get('raw_payloads')).toEqual(expect.arrayContaining(['P2', 'P3']));
    expect(back?.pending).toEqual([]);
  });
});
