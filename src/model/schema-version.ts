/** The schemas of a recording: 1 is that of Codex 0.125 to 0.160, 2 that of 0.166 and later. */
export type SchemaVersion = 1 | 2;
