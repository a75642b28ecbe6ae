import { processStart, type AgentAction, type Dialect } from './dialect.js';
import { message } from './items.js';

const collab = ({ callId, sender, receiver, prompt }: AgentAction): object => ({
  call_id: callId,
  sender_thread_id: sender,
  receiver_thread_id: receiver,
  prompt,
});

/** As Codex 0.160 records: messages between agents are messages of an assistant that hold JSON. */
export const schema1: Dialect = {
  itemId: () => undefined,
  hasReceipts: false,
  runtimeStart: () => ({}),
  processEnd: ({ command, output, exitCode }) => ({
    ...processStart(command),
    stdout: output,
    stderr: '',
    exit_code: exitCode,
    formatted_output: output,
  }),
  letter: ({ author, recipient, text }) => {
    const envelope = { author, recipient, other_recipients: [], content: text, trigger_turn: true };
    return message('assistant', JSON.stringify(envelope), 'commentary');
  },
  answer: ({ text }) => text,
  actionBegin: collab,
  actionEnd: (action) => ({
    ...collab(action),
    ...(action.type === 'spawn_agent' && {
      new_thread_id: action.receiver,
      model: 'model',
      reasoning_effort: 'low',
    }),
    status: 'running',
  }),
};
