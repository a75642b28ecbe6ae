import { processStart, type AgentAction, type Dialect, type Letter } from './dialect.js';

const heading = ({ kind, author }: Letter): string => `From ${author} (${kind}):\n`;

const activities: Record<AgentAction['type'], string> = {
  spawn_agent: 'started',
  assign_agent_task: 'interacted',
  send_message: 'interacted',
  close_agent: 'interrupted',
};

/** As Codex 0.169 records: messages between agents are items of their own, and only answers can be read. */
export const schema2: Dialect = {
  itemId: (number) => `item_${number}`,
  hasReceipts: true,
  runtimeStart: (kind) => ({ kind }),
  processEnd: ({ command, output, exitCode }) => ({
    ...processStart(command),
    aggregated_output: output,
    exit_code: exitCode,
  }),
  letter: (letter) => {
    const { kind, author, recipient, text } = letter;
    const content =
      kind === 'answer'
        ? [{ type: 'input_text', text: `${heading(letter)}${text}` }]
        : [
            { type: 'input_text', text: heading(letter) },
            { type: 'encrypted_content', encrypted_content: text },
          ];
    return { type: 'agent_message', author, recipient, content };
  },
  answer: (letter) => `${heading(letter)}${letter.text}`,
  actionBegin: undefined,
  actionEnd: ({ type, callId, receiver, receiverPath }) => ({
    event_id: callId,
    occurred_at_ms: 0,
    agent_thread_id: receiver,
    agent_path: receiverPath,
    kind: activities[type],
  }),
};
