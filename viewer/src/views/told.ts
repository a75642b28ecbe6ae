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

/** What an object tells of itself; its evidence is found in the same way for all. */
export interface Told {
  readonly title: string;
  readonly subtitle: string;
  readonly status: string | null;
  readonly facts: readonly Fact[];
  /** What the model saw of it. */
  readonly saw: readonly Block[];
  /** What the runtime did. */
  readonly did: readonly Block[];
  /** The payloads that prove it; null where there could be one. */
  readonly payloadIds: readonly (string | null)[];
}
