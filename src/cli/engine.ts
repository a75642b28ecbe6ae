import { setFlagsFromString } from 'node:v8';

/** Bytes of a log, about 15,000 events: in a longer one V8 as it is makes good what it takes first. */
const SHORT = 8_000_000;

/** What is young stays within 2 MB instead of growing to 48: most of what is kept is kept to the end. */
const SMALL = '--semi-space-growth-factor=1';
/** Code that is optimized early seldom runs often enough to earn its compilation. */
const [LATER, LATER_SINCE_12] = ['--interrupt-budget=600000', '--invocation-count-for-turbofan=20000'];

/** Flags by the major version of V8, which complains about those that it does not know. */
const flags: Readonly<Record<string, readonly string[]>> = {
  11: [SMALL, LATER], //          Node.js 20
  12: [SMALL, LATER_SINCE_12], // Node.js 22
  13: [SMALL, LATER_SINCE_12], // Node.js 24
};

/** Tunes V8 for a process that reads one short recording, as a whole: docs/decisions/0025 has the figures. */
export const tuneEngine = (logBytes: number): void => {
  if (logBytes > SHORT) return;
  const [major = ''] = process.versions.v8.split('.');
  for (const flag of flags[major] ?? []) setFlagsFromString(flag);
};
