import type { ObjectRef } from 'rollout-trace';
import { details } from './details/index.js';
import { evidenceOf, type Evidence } from './evidence.js';
import type { Moment } from './moment.js';

/** One thing to read, in the way that suits it. */
export type Block =
  | { readonly type: 'text'; readonly title: string; readonly text: string }
  | { readonly type: 'code'; readonly title: string; readonly text: string }
  | {
      readonly type: 'terminal';
      readonly title: string;
      readonly command: string;
      readonly cwd: string | null;
      readonly output: string;
      readonly exitCode: string | null;
    }
  /** Items of a conversation, by their ids. */
  | { readonly type: 'items'; readonly title: string; readonly ids: readonly string[] };

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** All that is known of one object, from its three sides. What it has to do with others is its story. */
export interface Detail {
  readonly ref: ObjectRef;
  readonly title: string;
  readonly subtitle: string;
  readonly status: string | null;
  readonly facts: readonly Fact[];
  /** What the model saw of it. */
  readonly saw: readonly Block[];
  /** What the runtime did. */
  readonly did: readonly Block[];
  readonly evidence: Evidence;
}

/** What an object tells of itself; its evidence is found in the same way for all. */
export type Told = Omit<Detail, 'ref' | 'evidence'> & { readonly payloadIds: readonly (string | null)[] };

export const detailOf = (moment: Moment, ref: ObjectRef): Detail | null => {
  const told = details[ref.table](moment, ref.id);
  if (!told) return null;
  const { payloadIds, ...rest } = told;
  return { ref, ...rest, evidence: evidenceOf(moment, ref.id, payloadIds) };
};
