import type { Dialect, Letter } from './dialect.js';
import type { Item, ItemFields } from './items.js';
import { after, start, type Moment, type Script } from './script.js';

/** What all agents of a session share. */
export interface Stage {
  readonly script: Script;
  readonly dialect: Dialect;
  /** In the order in which they appeared. */
  readonly agents: Agent[];
}

/** One agent, as far as it got. */
export interface Agent {
  readonly id: string;
  readonly path: string;
  readonly parent: Agent | null;
  readonly children: Agent[];
  /** What the next request to the model shows. */
  history: Item[];
  /** The answer that an incremental request can continue, and how much of the history it covers. */
  continued: { readonly responseId: string; readonly length: number } | undefined;
  mailbox: { readonly letter: Letter; readonly sent: Moment }[];
  readonly terminals: { readonly processId: number; readonly toolId: string }[];
  /** Handles of the cells that yielded. */
  readonly cells: string[];
  /** What the next thing that it does has to wait for. */
  now: Moment;
  /** What goes on beside that. */
  beside: Moment;
  ended: boolean;
}

/** A turn that an agent is in. */
export interface ActiveTurn {
  readonly thread: Agent;
  readonly turn: string;
  /** What is told apart by whether it comes before the end of the turn. */
  closing: Moment;
}

export const startAgent = (stage: Stage, parent: Agent | null, from: Moment): Agent => {
  const { script } = stage;
  const number = script.next('thread');
  const agent: Agent = {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    path: parent ? `${parent.path}/agent_${number}` : '/root',
    parent,
    children: [],
    history: [],
    continued: undefined,
    mailbox: [],
    terminals: [],
    cells: [],
    now: start,
    beside: start,
    ended: false,
  };
  parent?.children.push(agent);
  stage.agents.push(agent);
  const spawn = { parent_thread_id: parent?.id, depth: 1, agent_path: agent.path, agent_role: 'role' };
  const metadata_payload = script.payload('session_metadata', {
    model: 'model',
    session_source: parent ? { subagent: { thread_spawn: spawn } } : 'cli',
  });
  const fields = { thread_id: agent.id, agent_path: agent.path, metadata_payload };
  agent.now = script.event({ thread: agent, turn: null }, 'thread_started', fields, from);
  return agent;
};

/** Ends a thread when all that it does is done. */
export const endAgent = ({ script }: Stage, agent: Agent, from: Moment): void => {
  const fields = { thread_id: agent.id, status: 'completed' } as const;
  const all = after(from, agent.now, agent.beside);
  agent.now = script.event({ thread: agent, turn: null }, 'thread_ended', fields, all);
  agent.ended = true;
};

export const newItem = ({ script, dialect }: Stage, { type, ...fields }: ItemFields): Item => {
  const id = dialect.itemId(script.next('item'));
  return { id, json: { type, ...(id !== undefined && { id }), ...fields } };
};

/** Puts items into the history, each with its receipt. */
export const remember = (stage: Stage, turn: ActiveTurn, items: readonly Item[]): void => {
  const { script, dialect } = stage;
  const { thread } = turn;
  thread.history = [...thread.history, ...items];
  if (!dialect.hasReceipts) return;
  for (const { id: item_id = '', json } of items) {
    // No request has shown a letter yet, so its receipt brings it along.
    const letter = json.type === 'agent_message' && {
      agent_message_payload: script.payload('protocol_event', json),
    };
    thread.now = script.event(turn, 'history_item_accepted', { item_id, ...letter }, thread.now);
  }
};

/** Lets an agent read the letters that it has. */
export const readMailbox = (stage: Stage, turn: ActiveTurn): void => {
  const { thread } = turn;
  const { mailbox } = thread;
  thread.mailbox = [];
  thread.now = after(thread.now, ...mailbox.map(({ sent }) => sent));
  const letters = mailbox.map(({ letter }) => newItem(stage, stage.dialect.letter(letter)));
  remember(stage, turn, letters);
};
