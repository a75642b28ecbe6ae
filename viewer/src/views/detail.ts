import type { ObjectRef } from 'rollout-trace';
import { details } from './details/index.js';
import { evidenceOf, type Evidence } from './evidence.js';
import type { Moment } from './moment.js';
import type { Told } from './told.js';

/** All that is known of one object, from its three sides. What it has to do with others is its story. */
export interface Detail extends Omit<Told, 'payloadIds'> {
  readonly ref: ObjectRef;
  readonly evidence: Evidence;
}

export const detailOf = (moment: Moment, ref: ObjectRef): Detail | null => {
  const told = details[ref.table](moment, ref.id);
  if (!told) return null;
  const { payloadIds, ...rest } = told;
  return { ref, ...rest, evidence: evidenceOf(moment, ref.id, payloadIds) };
};
