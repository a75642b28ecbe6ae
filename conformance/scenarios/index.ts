import type { Scenario } from '../scenario.js';
import { agents } from './agents.js';
import { codeMode } from './code-mode.js';
import { commands } from './commands.js';
import { failures } from './failures.js';
import { turns } from './turns.js';
import { webSocket } from './websocket.js';

export const scenarios: readonly Scenario[] = [
  ...commands,
  ...codeMode,
  ...agents,
  ...turns,
  ...failures,
  ...webSocket,
];
