import { DEFAULTS, type GeneratedBundle, type GenerateInput } from './options.js';
import { Session } from './session.js';
import { rootTurn } from './turns.js';

export type { GeneratedBundle, GenerateInput } from './options.js';

/** Writes a bundle shaped like one long real session. The same input always gives the same bytes. */
export function generateBundle(input: GenerateInput): GeneratedBundle {
  const session = new Session({ ...DEFAULTS, ...input });
  const { writer, options } = session;
  try {
    const root = session.startThread(writer.rootThreadId, '/root');
    writer.protocolEvent('session_configured', {
      session_id: root.id,
      model: 'gpt-5',
      model_provider_id: 'mock',
      cwd: '/project',
    });
    while (writer.events < options.events) rootTurn(session, root);
    session.endThread(root);
    writer.event(null, 'rollout_ended', { status: 'completed' });
    session.dialect.endRecording();
  } finally {
    writer.close();
  }
  return { dir: options.out, events: writer.events, payloads: writer.payloads, bytes: writer.bytes };
}
