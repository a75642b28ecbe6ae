import { isTraceError } from '../../errors/trace-error.js';
import type { RawPayloadRef } from '../../model/payload-ref.js';
import type { BundleFiles } from '../bundle-files.js';
import { payloadFile } from '../open-bundle.js';

/**
 * Whether it makes no sense to wait for a payload: it is there and complete, which can only be told by its
 * JSON, or it will never be read.
 */
export const isPayloadReady = (files: BundleFiles, ref: RawPayloadRef): boolean => {
  try {
    JSON.parse(files.readText(payloadFile(ref)));
    return true;
  } catch (error) {
    if (isTraceError(error)) return error.code === 'payload_outside_bundle';
    if (error instanceof SyntaxError) return false;
    throw error;
  }
};
