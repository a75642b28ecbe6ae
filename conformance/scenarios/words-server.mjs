// A server of the Model Context Protocol on stdin and stdout with one tool: it reverses a text that is not empty.
import { createInterface } from 'node:readline';

const reverse = {
  name: 'reverse',
  description: 'Reverses a text.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  annotations: { readOnlyHint: true },
};

const textResult = (text, isError) => ({ content: [{ type: 'text', text }], isError });

const resultOf = ({ method, params }) => {
  switch (method) {
    case 'initialize': {
      const serverInfo = { name: 'words', version: '1.0.0' };
      return { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo };
    }
    case 'tools/list':
      return { tools: [reverse] };
    case 'tools/call': {
      const { text } = params.arguments;
      if (text === '') return textResult('there is nothing to reverse', true);
      return textResult([...text].toReversed().join(''), false);
    }
    case 'ping':
      return {};
    default:
      return undefined;
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  // What has no id is a notification and gets no answer.
  if (request.id === undefined) continue;
  const result = resultOf(request);
  const outcome = result ? { result } : { error: { code: -32601, message: 'no such method' } };
  console.log(JSON.stringify({ jsonrpc: '2.0', id: request.id, ...outcome }));
}
