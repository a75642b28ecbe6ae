import type { BundleWriter } from '../bundle-writer.js';
import type { AgentDialect, Letter } from './dialect.js';

/** The runtime records that a child was spawned and not that it is going to be; letters are items of their own. */
export function agents(writer: BundleWriter): AgentDialect {
  return {
    namespace: 'collaboration',
    spawnStarted: () => null,
    spawnEnded: ({ callId, childThreadId, agentPath }) => ({
      model: 'gpt-5',
      reasoning_effort: 'medium',
      event_id: callId,
      occurred_at_ms: writer.now,
      agent_thread_id: childThreadId,
      agent_path: agentPath,
      kind: 'started',
    }),
    letter: (letter) => ({
      type: 'agent_message',
      author: letter.author,
      recipient: letter.recipient,
      content: content(letter),
    }),
    answer: (letter) => `${heading(letter)}${letter.text}`,
  };
}

function heading({ kind, author, recipient }: Letter): string {
  return `Message Type: ${kind}\nTask name: ${recipient}\nSender: ${author}\nPayload:\n`;
}

/** Tasks are kept from the eyes of the host, answers are not. */
function content(letter: Letter) {
  const { kind, text } = letter;
  if (kind === 'FINAL_ANSWER') return [{ type: 'input_text', text: `${heading(letter)}${text}` }];
  return [
    { type: 'input_text', text: heading(letter) },
    { type: 'encrypted_content', encrypted_content: text },
  ];
}
