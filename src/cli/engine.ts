import { setFlagsFromString } from 'node:v8';

/** Bytes of a log, about 15,000 events: in a longer one V8 as it is makes good what it takes first. */
const SHORT = 8_000_000;

/** What is young stays within 2 MB instead of growing to 48: most of what is kept is kept to the end. */
const SMALL = '--semi-space-growth-factor=1';
/** Code that is optimized early seldom runs often enough to earn its compilation. */
const [LATER, LATER_SINCE_12] = ['--interrupt-budget=600000', '--invocation-count-for-turbofan=20000'];

/** By the first two numbers of the version of V8: the second alone may take a flag away. */
const flags: ReadonlyMap<string, readonly string[]> = new Map([
  ['11.3', [SMALL, LATER]], //          Node.js 20
  ['12.4', [SMALL, LATER_SINCE_12]], // Node.js 22
  ['13.6', [SMALL, LATER_SINCE_12]], // Node.js 24
  ['14.6', [SMALL, LATER_SINCE_12]], // Node.js 26
]);

/** What a version of V8 is tuned with. None for one that was never tried: V8 complains about flags that it lacks. */
export const flagsFor = (v8: string): readonly string[] => flags.get(v8.split('.', 2).join('.')) ?? [];

/** Tunes V8 for a process that reads one short recording, as a whole: docs/decisions/0025 has the figures. */
export const tuneEngine = (logBytes: number): void => {
  if (logBytes > SHORT) return;
  for (const flag of flagsFor(process.versions.v8)) setFlagsFromString(flag);
};
