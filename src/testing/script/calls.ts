import type { Call } from '../session.js';
import type { ActiveTurn, Stage } from './agent.js';
import {
  prepareAssign,
  prepareClose,
  prepareMessage,
  prepareSpawn,
  prepareWaitAgent,
} from './agent-calls.js';
import { prepareCell, prepareWaitCell } from './cell-calls.js';
import { prepareCommand, preparePlain, prepareWrite } from './tool-calls.js';
import type { PlayTurn, PreparedCall } from './tool.js';

/** A call as it can be played now; undefined where it has nothing to work on. */
export const prepareCall = (
  stage: Stage,
  turn: ActiveTurn,
  call: Call,
  playTurn: PlayTurn,
): PreparedCall | undefined => {
  const id = `call_${stage.script.next('call')}`;
  switch (call.type) {
    case 'command':
      return prepareCommand(stage, turn, id, call);
    case 'write':
      return prepareWrite(stage, turn, id, call);
    case 'plain':
      return preparePlain(stage, turn, id, call);
    case 'cell':
      return prepareCell(stage, turn, id, call);
    case 'wait_cell':
      return prepareWaitCell(stage, turn, id, call);
    case 'spawn':
      return prepareSpawn(stage, turn, id, call, playTurn);
    case 'message':
      return prepareMessage(stage, turn, id, call);
    case 'assign':
      return prepareAssign(stage, turn, id, call, playTurn);
    case 'close':
      return prepareClose(stage, turn, id, call);
    case 'wait_agent':
      return prepareWaitAgent(stage, turn, id);
  }
};
