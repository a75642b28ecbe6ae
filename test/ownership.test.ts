import { from, lastValueFrom, toArray } from 'rxjs';
import { expect, it } from 'vitest';
import { readManifest } from '../src/bundle/read-manifest.js';
import type { Fact } from '../src/facts/facts.js';
import { ownership } from '../src/facts/ownership.js';
import { isWrite, type Write } from '../src/facts/writes.js';
import { tableNames } from '../src/model/rollout-trace.js';
import { stagesOf } from '../src/replay.js';
import { schemas } from '../src/schemas/index.js';
import { streams } from '../src/streams/drivers.js';
import type { Batch } from '../src/streams/batch.js';
import { toFacts } from '../src/streams/to-facts.js';
import { openInMemory } from './fuzz/bundle.js';
import { carriedCases, type CarriedCase } from './helpers/carried-cases.js';

/** Who did what to `table.field`, seen over all cases. */
interface Seen {
  /** Who adds rows, by table. */
  readonly adders: Map<string, Set<string>>;
  /** Who changes a field of a row that is there, by `table.field`. */
  readonly changers: Map<string, Set<string>>;
  readonly removers: Map<string, Set<string>>;
  readonly headerWriters: Set<string>;
}

const note = (sets: Map<string, Set<string>>, key: string, name: string): void => {
  sets.set(key, (sets.get(key) ?? new Set()).add(name));
};

const noteWrite = (seen: Seen, name: string, write: Write): void => {
  switch (write.type) {
    case 'set_header':
      seen.headerWriters.add(name);
      return;
    case 'remove':
      note(seen.removers, write.table, name);
      return;
    case 'insert':
      note(seen.adders, write.table, name);
      return;
    case 'patch':
      for (const field of Object.keys(write.fields)) note(seen.changers, `${write.table}.${field}`, name);
      return;
    case 'link':
      note(seen.changers, `${write.table}.${write.field}`, name);
      return;
  }
};

/** Runs a case stage by stage: what comes out of a stage and did not go in was said by it. */
const observe = async (seen: Seen, { files }: CarriedCase): Promise<void> => {
  const bundle = new Map([...files].map(([name, content]) => [name, Buffer.from(content)]));
  const { manifest, entries, payloads } = openInMemory(bundle);
  const raw = await lastValueFrom(from(entries).pipe(toFacts(payloads), toArray<Fact>()));
  let batches: readonly Batch[] = [
    { facts: raw, last: false },
    { facts: [], last: true },
  ];
  for (const { name, operator } of stagesOf(manifest, streams)) {
    const heard = new Set(batches.flatMap(({ facts }) => facts));
    batches = await lastValueFrom(from(batches).pipe(operator, toArray()));
    for (const fact of batches.flatMap(({ facts }) => facts)) {
      if (isWrite(fact) && !heard.has(fact)) noteWrite(seen, name, fact);
    }
  }
};

/** A bundle of a schema that nobody reads has no stages. */
const isReadable = ({ files }: CarriedCase): boolean => {
  const manifest = readManifest(Buffer.from(files.get('manifest.json') ?? []).toString());
  return schemas.some(({ version }) => version === manifest.schema_version);
};

const seen: Seen = { adders: new Map(), changers: new Map(), removers: new Map(), headerWriters: new Set() };
for (const each of carriedCases().filter(isReadable)) await observe(seen, each);

it.each(tableNames)(
  '%s are added by the owner of their id and changed by the owner of the field alone',
  (table) => {
    const fields = Object.entries(ownership[table]).map(
      ([field, owner]) => [field, typeof owner === 'string' ? [owner] : [...owner]] as const,
    );
    const [adder] = fields[0]?.[1] ?? [];
    expect([...(seen.adders.get(table) ?? [])]).toEqual([adder]);
    expect([...(seen.removers.get(table) ?? [adder])]).toEqual([adder]);

    const changersOf = (field: string) => [...(seen.changers.get(`${table}.${field}`) ?? [])].toSorted();
    const observed = fields.map(([field]) => [field, changersOf(field)]);
    // Who adds a row need not change it afterwards; any other owner has no other way to write its fields.
    const declared = fields.map(([field, owners]) => {
      const changers = owners.filter((owner) => owner !== adder || changersOf(field).includes(owner));
      return [field, changers.toSorted()];
    });
    expect(Object.fromEntries(observed)).toEqual(Object.fromEntries(declared));
  },
);

it('lets lifecycle alone write the header', () => {
  expect([...seen.headerWriters]).toEqual(['lifecycle']);
});
