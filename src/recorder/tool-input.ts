/** What a tool is called with, as the dispatcher has it. */
export type ToolInput =
  /** The arguments as the model wrote them: JSON in a string. */
  | { readonly type: 'function'; readonly arguments: string }
  | { readonly type: 'custom'; readonly input: string }
  | {
      readonly type: 'local_shell';
      readonly command: readonly string[];
      readonly workdir?: string | null | undefined;
      readonly timeout_ms?: number | null | undefined;
    }
  | { readonly type: 'mcp'; readonly server: string; readonly tool: string; readonly raw_arguments: string };
