import { randomUUID } from 'node:crypto';
import { assistantMessage, codeCall, userMessage } from './items.js';
import type { recorded } from './trace-root.js';

const broken = (): never => {
  throw new Error('cannot be read');
};

/** What a host in JavaScript may give in the place of what the types want. */
export const wrongValues: readonly (readonly [name: string, value: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['1', 1],
  ["''", ''],
  ['{}', {}],
  ['[]', []],
  ['[null]', [null]],
  ['[{}]', [{}]],
  ['a function', () => undefined],
  ['a symbol', Symbol('wrong')],
  ['a proxy that throws', new Proxy({}, { get: broken, has: broken, ownKeys: broken })],
  [
    'getters that throw',
    Object.defineProperties(
      {},
      Object.fromEntries(
        ['type', 'id', 'then', 'request'].map((key) => [key, { get: broken, enumerable: true }]),
      ),
    ),
  ],
];

export type Arguments = readonly unknown[];

/** None of the arguments, and all with a wrong value in the place of one, or of a field of one that has fields. */
export const spoiled = (args: Arguments): readonly (readonly [name: string, args: Arguments])[] => [
  ['nothing', []],
  ...wrongValues.flatMap(([name, wrong]) =>
    args.flatMap((arg, index) => [
      [`argument ${index + 1}: ${name}`, args.with(index, wrong)] as const,
      ...fieldsOf(arg).map(
        (field) => [`${field}: ${name}`, args.with(index, { ...Object(arg), [field]: wrong })] as const,
      ),
    ]),
  ),
];

const fieldsOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

/** Calls a method as JavaScript does, whatever its types are. */
export const callMethod = (handle: object, method: string, args: Arguments): unknown => {
  const found: unknown = Reflect.get(handle, method);
  if (typeof found !== 'function') throw new Error(`no method ${method}`);
  return Reflect.apply(found, handle, args);
};

type Root = ReturnType<typeof recorded>['root'];
let count = 0;
export const next = (): string => `id ${++count}`;

const model = { model: 'm', provider: 'p' };
const ask = userMessage('ask', 'hello');
const answer = assistantMessage('answer', 'hello');
const request = { input: [ask] };
const input = { type: 'function', arguments: '{}' } as const;

/** How a host gets each handle, and what it rightly gives to each method. */
export interface Handled {
  readonly handle: string;
  readonly make: (root: Root, id: string) => object;
  /** By their names; the id is the one that `make` got. */
  readonly methods: Readonly<Record<string, (id: string) => Arguments>>;
}

const turnOf = (root: Root) => root.startTurn(next());

const toolOf = (name: string) => (root: Root) =>
  turnOf(root).startTool({ callId: next(), name, input: name === 'write_stdin' ? write : input });
const write = { type: 'function', arguments: '{"session_id":1}' } as const;

/** A cell, in the graph by the item that asks for it. */
const cellOf = (root: Root) => {
  const turn = turnOf(root);
  const id = next();
  turn.startInference({ ...model, request }).completed({ outputItems: [codeCall(id, 's')] });
  return turn.startCodeCell({ cellId: id, callId: id, source: 's' });
};

const toolMethods = {
  mcpCall: () => [next()],
  stdinTarget: () => [{ id: 'x' }],
  commandStarted: () => [{ command: ['ls'], cwd: '/', processId: 1 }],
  commandEnded: () => [{ exitCode: 0, output: 'o', stdout: 'o', stderr: '' }],
  runtimeStarted: () => [{}],
  runtimeEnded: () => [{}, 'completed'],
  agentReached: () => [{ threadId: randomUUID(), message: 'go' }],
  ended: () => [{ status: 'completed', output: answer }],
  failed: () => ['why'],
};

export const handled: readonly Handled[] = [
  {
    handle: 'thread',
    make: (root) => root.startChild({ taskName: 'a' }),
    methods: {
      startTurn: () => [next()],
      startChild: () => [
        { taskName: 'a', role: 'r', nickname: 'n', model: 'm', provider: 'p', cwd: '/', threadId: next() },
      ],
      protocolEvent: () => ['warning', {}],
      ended: () => ['completed'],
      resumed: () => [],
    },
  },
  {
    handle: 'turn',
    make: (root, id) => {
      const turn = turnOf(root);
      const outputItems = [codeCall(id, 's'), codeCall('', 's')];
      turn.startInference({ ...model, request }).completed({ outputItems });
      return turn;
    },
    methods: {
      startInference: () => [{ id: next(), ...model, request }],
      startCompaction: () => [{ id: next() }],
      startCodeCell: (id) => [{ cellId: id, callId: id, source: 's' }],
      startTool: () => [{ callId: next(), name: 'x', namespace: 'n', kind: { type: 'web' }, input }],
      itemsAccepted: () => [[ask]],
      agentResult: () => [{ parentThreadId: randomUUID(), message: 'done', status: 'completed' }],
      ended: () => ['completed'],
    },
  },
  {
    handle: 'request',
    make: (root) => turnOf(root).startInference({ ...model, request }),
    methods: {
      completed: () => [
        { responseId: next(), upstreamRequestId: 'u', tokenUsage: null, outputItems: [answer] },
      ],
      failed: () => ['why', { responseId: next(), upstreamRequestId: 'u', outputItems: [answer] }],
      cancelled: () => ['why', { responseId: next(), upstreamRequestId: 'u', outputItems: [answer] }],
    },
  },
  {
    handle: 'compaction',
    make: (root) => turnOf(root).startCompaction(),
    methods: {
      startRequest: () => [{ ...model, request }],
      installed: () => [{ inputHistory: [ask], replacementHistory: [ask] }],
    },
  },
  {
    handle: 'request of a compaction',
    make: (root) =>
      turnOf(root)
        .startCompaction()
        .startRequest({ ...model, request }),
    methods: { completed: () => [[answer]], failed: () => ['why'] },
  },
  { handle: 'tool', make: toolOf('x'), methods: toolMethods },
  { handle: 'command', make: toolOf('exec_command'), methods: toolMethods },
  {
    handle: 'running command',
    make: (root) => {
      const tool = toolOf('exec_command')(root);
      tool.commandStarted({ command: ['ls'], cwd: '/', processId: 1 });
      return tool;
    },
    methods: toolMethods,
  },
  {
    handle: 'code cell',
    make: cellOf,
    methods: {
      startTool: () => [{ runtimeToolId: next(), name: 'x', namespace: 'n', kind: { type: 'web' }, input }],
      initialResponse: () => [{ status: 'yielded', response: {} }],
      ended: () => [{ status: 'completed', response: {} }],
    },
  },
  {
    handle: 'tool of a code cell',
    make: (root) => cellOf(root).startTool({ runtimeToolId: next(), name: 'x', input }),
    methods: toolMethods,
  },
  { handle: 'write', make: toolOf('write_stdin'), methods: toolMethods },
  { handle: 'spawn', make: toolOf('spawn_agent'), methods: toolMethods },
];
