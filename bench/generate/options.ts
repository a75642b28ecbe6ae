/** 1: as Codex 0.160 records. 2: as Codex 0.169 does. */
export type SchemaVersion = 1 | 2;

export interface GenerateOptions {
  /** Directory of the bundle. It is created and must not hold a bundle already. */
  readonly out: string;
  readonly schema: SchemaVersion;
  /** The session ends with the turn in which this many events are reached. */
  readonly events: number;
  /** `full`: each request repeats the history. `incremental`: it names the previous response. */
  readonly mode: 'full' | 'incremental';
  /** Root turns between two compactions; 0 means never. */
  readonly compactEvery: number;
  /** Mean length of one tool output. */
  readonly textLength: number;
  /** Steps of a root turn, the closing answer included. */
  readonly turnLength: number;
  /** Share of the steps that are a code cell. */
  readonly cellShare: number;
  /** Share of the commands that leave their terminal open for a later write_stdin. */
  readonly stdinShare: number;
  /** Root turns between two child agents; 0 means never. */
  readonly childEvery: number;
  /** Bytes of instructions and tools that each full request carries. */
  readonly baseBytes: number;
  readonly seed: number;
}

/** What a call must name; everything else has a default. */
export type GenerateInput = Pick<GenerateOptions, 'out'> & Partial<GenerateOptions>;

export interface GeneratedBundle {
  readonly dir: string;
  readonly events: number;
  readonly payloads: number;
  readonly bytes: number;
}

export const DEFAULTS: Omit<GenerateOptions, 'out'> = {
  schema: 1,
  events: 1000,
  mode: 'full',
  compactEvery: 16,
  textLength: 1500,
  turnLength: 8,
  cellShare: 0.1,
  stdinShare: 0.08,
  childEvery: 6,
  baseBytes: 45_000,
  seed: 1,
};
