import { rmSync } from 'node:fs';
import path from 'node:path';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import type { Bundle } from './bundle.js';
import { mutantOf } from './campaign.js';
import { compareOnce, type Difference } from './difference.js';
import type { Answer } from './original.js';
import { shrink } from './shrink.js';
import { schemaOf, type Sources } from './sources.js';

/** Paths of originals by the schema that they reduce. */
export type Originals = ReadonlyMap<SchemaVersion, string>;

export interface CompareCampaign {
  readonly originals: Originals;
  readonly sources: Sources;
  readonly seed: number;
  /** Mutants of the numbers from `first` up. */
  readonly first: number;
  readonly runs: number;
  /** Only changes that a recorder could have made. */
  readonly gentle: boolean;
  /** Originals that run at a time. */
  readonly workers: number;
  /** Folder for the bundles that are compared. */
  readonly scratch: string;
  /** Called for the first difference of a group. */
  readonly onGroup?: (found: Found) => void;
}

/** A mutant that is reduced differently. */
export interface Found {
  readonly index: number;
  readonly binary: string;
  readonly bundle: Bundle;
  readonly difference: Difference;
}

export interface CompareResult {
  /** How often the original decided how. */
  readonly decisions: ReadonlyMap<Answer['type'], number>;
  /** Mutants by the group of their difference. */
  readonly groups: ReadonlyMap<string, readonly Found[]>;
}

/** Reduces mutants by the original of their schema and by this project. */
export const compareMutants = async (campaign: CompareCampaign): Promise<CompareResult> => {
  const { originals, first, runs, gentle, workers, scratch } = campaign;
  const decisions = new Map<Answer['type'], number>();
  const groups = new Map<string, Found[]>();
  let next = first;
  const work = async (worker: number): Promise<void> => {
    for (let index = next++; index < first + runs; index = next++) {
      const made = mutantOf(campaign, index, { outside: [], gentle });
      if (!made) continue;
      const { bundle } = made.mutant;
      const binary = originals.get(schemaOf(bundle) ?? made.schema);
      if (binary === undefined) continue;
      const folder = path.join(scratch, String(worker));
      const { original, difference } = await compareOnce(binary, folder, bundle);
      decisions.set(original.type, (decisions.get(original.type) ?? 0) + 1);
      if (!difference) continue;
      const found = { index, binary, bundle, difference };
      const group = groups.get(difference.group);
      if (group) group.push(found);
      else {
        groups.set(difference.group, [found]);
        campaign.onGroup?.(found);
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return { decisions, groups };
};

/** The smallest mutant of a group. */
export const smallestOf = (group: readonly Found[]): Found | undefined =>
  group.toSorted((a, b) => sizeOf(a.bundle) - sizeOf(b.bundle))[0];

/** Writes the bundle of a difference into a folder, as small as so many questions to the original can make it. */
export const writeShrunk = async (
  found: Found,
  folder: string,
  { scratch, questions }: { scratch: string; questions: number },
): Promise<void> => {
  const shows = async (bundle: Bundle): Promise<boolean> => {
    const { difference } = await compareOnce(found.binary, path.join(scratch, 'shrink'), bundle);
    return difference?.group === found.difference.group;
  };
  const smallest = await shrink(found.bundle, shows, questions);
  rmSync(folder, { recursive: true, force: true });
  writeFiles(folder, smallest);
};

const sizeOf = (bundle: Bundle): number => [...bundle.values()].reduce((sum, { length }) => sum + length, 0);
