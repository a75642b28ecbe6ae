import { z } from 'zod';

const tool = z.object({
  type: z.string(),
  name: z.string().optional(),
  tools: z.array(z.unknown()).optional(),
});
type Tool = z.infer<typeof tool>;

const inputItem = z.looseObject({
  type: z.string(),
  role: z.string().optional(),
  output: z.unknown().optional(),
  tools: z.array(tool).optional(),
});

/** A namespace is used where the request does not say where the tool is: it may be offered only by a search. */
export interface ToolName {
  readonly name: string;
  readonly namespace?: string;
}

/** What is read of a request; a WebSocket names the agent in the body. */
export const requestBody = z.object({
  input: z.array(inputItem),
  tools: z.array(tool).optional(),
  /** False where only the connection is warmed up. */
  generate: z.boolean().optional(),
  client_metadata: z.record(z.string(), z.unknown()).optional(),
});
export type RequestBody = z.infer<typeof requestBody>;

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request of an agent to its model. */
export interface ModelRequest {
  /** Id of the thread that asks. */
  readonly thread: string;
  /** Whether another agent spawned the one that asks. */
  readonly isChild: boolean;
  readonly asksForCompaction: boolean;
  readonly input: readonly Readonly<Record<string, unknown>>[];
  /** Text of the last output of a tool. */
  readonly output: string;
  /** Whether a text stands anywhere in the request. */
  mentions(text: string): boolean;
  /** Where a tool is, if it is offered: the name by itself, or in a namespace, or with that of an MCP server. */
  placeOf(name: string): ToolName | undefined;
}

export const readRequest = (body: RequestBody, headers: Headers): ModelRequest => {
  const { input } = body;
  const tools = [...(body.tools ?? []), ...input.flatMap((item) => item.tools ?? [])];
  const outputs = input.filter(({ type }) => type.endsWith('_output'));
  const text = JSON.stringify(input);
  return {
    thread: THREAD_HEADERS.map((name) => String(headers[name] ?? '')).find((id) => id !== '') ?? '',
    isChild: (headers[SUBAGENT] ?? body.client_metadata?.[SUBAGENT]) === 'collab_spawn',
    asksForCompaction: input.at(-1)?.type === 'compaction_trigger',
    input,
    output: JSON.stringify(outputs.at(-1)?.output ?? ''),
    mentions: (part) => text.includes(part),
    placeOf: (name) => placeIn(tools, name),
  };
};

const SUBAGENT = 'x-openai-subagent';
const THREAD_HEADERS = ['thread-id', 'session_id', 'session-id', 'x-client-request-id'];

const placeIn = (tools: readonly Tool[], name: string): ToolName | undefined => {
  const direct = tools.find((found) => found.name === name || found.name?.endsWith(`__${name}`));
  if (direct?.name !== undefined && direct.type !== 'namespace') return { name: direct.name };
  const namespace = tools.find((found) =>
    found.tools?.some((inner) => tool.safeParse(inner).data?.name === name),
  );
  return namespace?.name === undefined ? undefined : { name, namespace: namespace.name };
};
