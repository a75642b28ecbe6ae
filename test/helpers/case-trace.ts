/** The log of a bundle in `.case` files: one short line for each event. */
import {
  compact,
  literal,
  object,
  parseExact,
  quoted,
  shortThread,
  threadText,
  timeOf,
  type Entry,
} from './case-notation.js';
import { decode, encode, readRaw, UNSEEN, writeRaw } from './case-text.js';
import { eventShape, fieldOf, printShaped, readShaped, type Schema, type Variables } from './case-usual.js';

const ENVELOPE = [
  'schema_version',
  'seq',
  'wall_time_unix_ms',
  'rollout_id',
  'thread_id',
  'codex_turn_id',
  'payload',
].map((key) => `"${key}"`);
const ROLLOUT = 'rollout-m';
const BARE_ID = /^"([A-Za-z0-9][A-Za-z0-9_-]*)"$/;

const usualContext = (type: string): string =>
  /^(rollout|thread|recording)_|^stdin_target_resolved$/.test(type) ? '-' : '@root/turn-1';

function printContext(thread: string, turn: string): string | undefined {
  if (thread === 'null' && turn === 'null') return '-';
  const parts = [thread, turn].map((id) =>
    id === 'null' ? '-' : (shortThread(id) ?? BARE_ID.exec(id)?.[1]),
  );
  return parts.includes(undefined) ? undefined : parts.join('/');
}

function readContext(text: string): readonly [thread: string, turn: string] {
  const [thread = '-', turn = '-'] = text.split('/');
  const id = (part: string): string =>
    part === '-' ? 'null' : part.startsWith('@') ? threadText(part.slice(1)) : quoted(part);
  return [id(thread), id(turn)];
}

export const OPENING = ['1 rollout_started', '2 thread_started', '3 codex_turn_started'];

const EVENT =
  /^(\d+)(?: t=(-?\d+))?(?: schema=(\d+))?(?: rollout=([^ ]+))?(?: (-|[^ ]+\/[^ ]+))? ([a-z_]+)(?: (.*))?$/;

/** Writes or reads the lines of one log, in their order: an event can repeat what an earlier one said. */
export class TraceNotation {
  /** The kinds of the tools that were started, by their id. */
  private readonly kinds = new Map<string, string>();

  constructor(private readonly schema: Schema) {}

  writeLine(bytes: Uint8Array): string {
    const text = decode(bytes);
    if (text === undefined) return writeRaw(bytes);
    const ending = text.endsWith('\r') ? 'crlf ' : '';
    const event = this.writeEvent(text.slice(0, text.length - (ending === '' ? 0 : 1)));
    return event === undefined ? writeRaw(bytes) : ending + event;
  }

  readLine(line: string): Uint8Array {
    const raw = readRaw(line);
    if (raw !== undefined) return raw;
    return encode(line.startsWith('crlf ') ? `${this.readEvent(line.slice(5))}\r` : this.readEvent(line));
  }

  /** An event's line in short form, or undefined where it does not fit. */
  private writeEvent(text: string): string | undefined {
    const value = UNSEEN.test(text) ? undefined : parseExact(text, compact);
    if (value?.kind !== 'object' || value.entries.map(([key]) => key).join() !== ENVELOPE.join())
      return undefined;
    const [version = '', seq = '', time = '', rollout = '', thread = '', turn = ''] = value.entries.map(
      (entry) => compact(entry[1]),
    );
    const payload = value.entries[6]?.[1];
    const rolloutId = BARE_ID.exec(rollout)?.[1];
    if (rolloutId === undefined || !/^\d+ \d+ -?\d+$/.test(`${version} ${seq} ${time}`)) return undefined;
    const [head, ...fields] = payload?.kind === 'object' ? payload.entries : [];
    if (head?.[0] !== '"type"') return undefined;
    const type = /^"([a-z_]+)"$/.exec(compact(head[1]))?.[1];
    const context = printContext(thread, turn);
    if (type === undefined || context === undefined) return undefined;
    const shown = printShaped(eventShape(type, this.schema), this.variables(thread, turn, fields), fields);
    this.learn(type, fields);
    return (
      seq +
      (time === timeOf(seq) ? '' : ` t=${time}`) +
      (version === String(this.schema) ? '' : ` schema=${version}`) +
      (rolloutId === ROLLOUT ? '' : ` rollout=${rolloutId}`) +
      (context === usualContext(type) ? '' : ` ${context}`) +
      ` ${type}${shown}`
    );
  }

  private readEvent(line: string): string {
    const [, seq, time, version, rollout, context, type, text = ''] = EVENT.exec(line) ?? [];
    if (seq === undefined || type === undefined) throw new Error(`not an event: ${line}`);
    const [thread, turn] = readContext(context ?? usualContext(type));
    const fields = readShaped(eventShape(type, this.schema), text, (written) =>
      this.variables(thread, turn, written),
    );
    this.learn(type, fields);
    const payload = compact(object([['"type"', literal(quoted(type))], ...fields]));
    const envelope = [version ?? String(this.schema), seq, time ?? timeOf(seq), quoted(rollout ?? ROLLOUT)];
    const values = [...envelope, thread, turn, payload];
    return `{${ENVELOPE.map((key, index) => `${key}:${values[index] ?? ''}`).join(',')}}`;
  }

  private variables(thread: string, turn: string, fields: readonly Entry[]): Variables {
    return { thread, turn, kind: this.kinds.get(fieldOf(fields, 'tool_call_id') ?? '') };
  }

  private learn(type: string, fields: readonly Entry[]): void {
    const [id, kind] = [fieldOf(fields, 'tool_call_id'), fieldOf(fields, 'kind')];
    if (type === 'tool_call_started' && id !== undefined && kind !== undefined) this.kinds.set(id, kind);
  }
}

export function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end; (end = bytes.indexOf(10, start)) !== -1; start = end + 1)
    lines.push(bytes.subarray(start, end));
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}
