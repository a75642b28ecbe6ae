interface Item {
  readonly type: string;
  /** Unique in its thread. Without it a history gets no receipt for the item. */
  readonly id?: string | null | undefined;
}

/** One item of a conversation in the form of the Responses API. Whatever else it has is written as it is. */
export type ResponseItem = Item | (Item & Readonly<Record<string, unknown>>);
