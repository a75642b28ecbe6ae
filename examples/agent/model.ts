import { codeCall, functionCall, message, type Item } from './items.js';

/** A model that plays a part: its answers are known before, and the first one never arrives. */
export class ScriptedModel {
  readonly name = 'scripted';
  readonly provider = 'example';
  readonly #answers: Iterator<readonly Item[] | Error>;

  constructor(answers: readonly (readonly Item[] | Error)[]) {
    this.#answers = answers.values();
  }

  async answer(): Promise<readonly Item[]> {
    const { value } = this.#answers.next();
    if (value instanceof Error) throw value;
    return value ?? [];
  }
}

/** It reports what the parent asked for. */
export const childScript = () => [
  [functionCall('exec_command', { cmd: `node -p "require('./package.json').engines.node"` })],
  [message('assistant', 'package.json asks for Node.js 20.19 or newer.')],
];

export const rootScript = () => [
  new Error('the provider is overloaded'),
  [
    functionCall('exec_command', { cmd: 'node --version' }),
    functionCall('exec_command', { cmd: 'node no-such-file.js' }),
  ],
  [
    codeCall(`const zones = ['UTC', 'Asia/Tokyo'];
const offset = (zone) => tools.exec_command({ cmd: \`TZ=\${zone} date +%z\` });
text((await Promise.all(zones.map(offset))).join(''));`),
  ],
  [
    functionCall('spawn_agent', {
      task_name: 'check_engines',
      message: 'Which Node.js does this project need?',
    }),
  ],
  [message('assistant', 'Node.js is new enough, and nine hours lie between the two clocks.')],
];
