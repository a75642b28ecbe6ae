/**
 * Reads and writes `.case` files: a hand-written bundle and what the original reducer makes of it, as one short
 * text. The notation is described in test/cases/README.md. Reading is exact: every file of the bundle comes back
 * byte for byte, and JSON is handled as text, so numbers and escapes keep their spelling.
 */
import { compact, object, parseExact, Parser, pretty, quoted } from './case-notation.js';
import { readState, writeState } from './case-state.js';
import { decode, encode, equalBytes, readContent, readRaw, writeContent, writeRaw } from './case-text.js';
import { OPENING, splitLines, TraceNotation } from './case-trace.js';
import { MANIFEST, printShaped, readShaped, type Schema } from './case-usual.js';

export type { Schema };

export interface Case {
  readonly name: string;
  /** The schema whose usual values its file leaves out, and the folder that it stands in. */
  readonly schema: Schema;
  /** One sentence: the rule the case pins. */
  readonly about: string;
  /** `manifest.json`, `trace.jsonl`, `payloads/1.json`, ... */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The exact text of the printed state, or the first line of the error. */
  readonly expected: { readonly state: string } | { readonly error: string };
}

const PAYLOAD_FILE = /^payloads\/(0|[1-9]\d{0,8})\.json$/;
const payloadPath = (id: string): string => `payloads/${id}.json`;

function writeManifest(bytes: Uint8Array | undefined, schema: Schema): string | undefined {
  if (bytes === undefined) return 'manifest missing';
  const value = parseExact(decode(bytes) ?? '', pretty);
  if (value?.kind !== 'object') return `manifest ${writeRaw(bytes)}`;
  const fields = printShaped(MANIFEST, { schema: String(schema) }, value.entries);
  return fields === '' ? undefined : `manifest${fields}`;
}

const readManifest = (text: string, schema: Schema): Uint8Array =>
  readRaw(text) ?? encode(pretty(object(readShaped(MANIFEST, text, () => ({ schema: String(schema) })))));

function writeBundle(files: ReadonlyMap<string, Uint8Array>, schema: Schema): string[] {
  const lines: string[] = [];
  const manifest = writeManifest(files.get('manifest.json'), schema);
  if (manifest !== undefined) lines.push(manifest);

  const payloads = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) {
    const id = PAYLOAD_FILE.exec(path)?.[1];
    if (id !== undefined) payloads.set(id, bytes);
  }
  const written = new Set<string>();
  const writePayload = (id: string): void => {
    if (written.has(id)) return;
    written.add(id);
    const bytes = payloads.get(id);
    lines.push(`  #${id} ${bytes === undefined ? 'missing' : writeContent(bytes)}`);
  };

  const trace = files.get('trace.jsonl');
  if (trace === undefined) lines.push('trace missing');
  else {
    const events = splitLines(trace);
    const notation = new TraceNotation(schema);
    let opening = 0;
    while (opening < OPENING.length) {
      const [line, usual] = [events[opening], OPENING[opening]];
      if (line === undefined || usual === undefined || !equalBytes(line, notation.readLine(usual))) break;
      opening += 1;
    }
    if (opening > 0) lines.push(`1..${opening} opening`);
    for (const bytes of events.slice(opening)) {
      const line = notation.writeLine(bytes);
      lines.push(line);
      for (const [, id = ''] of line.matchAll(/#(\d+):[a-z_]+/g)) writePayload(id);
    }
    if (trace.length > 0 && trace.at(-1) !== 10) lines.push('no newline at the end');
  }
  for (const id of [...payloads.keys()].sort((a, b) => Number(a) - Number(b))) writePayload(id);
  for (const [path, bytes] of files)
    if (path !== 'manifest.json' && path !== 'trace.jsonl' && !PAYLOAD_FILE.test(path))
      lines.push(`file ${quoted(path)} ${writeContent(bytes)}`);
  return lines;
}

/** Writes a case in short form; `readCase` gives the same case back. */
export function writeCase({ name, schema, about, files, expected }: Case): string {
  for (const text of [name, about])
    if (text === '' || text.includes('\n')) throw new Error(`not one line: ${text}`);
  return [
    `# ${about}`,
    `case ${name}, schema ${schema}`,
    '',
    ...writeBundle(files, schema),
    '',
    ...('error' in expected ? [expected.error] : writeState(expected.state, schema)),
    '',
  ].join('\n');
}

function readBundle(lines: readonly string[], schema: Schema): ReadonlyMap<string, Uint8Array> {
  let manifest: Uint8Array | undefined = readManifest('', schema);
  const notation = new TraceNotation(schema);
  const trace: Uint8Array[] = [];
  let hasTrace = true;
  let newline = true;
  const payloads: [number, Uint8Array][] = [];
  const others: [string, Uint8Array][] = [];
  for (const line of lines) {
    const [, opening] = /^1\.\.([123]) opening$/.exec(line) ?? [];
    const [, id, payload = ''] = /^ {2}#(\d+) (.*)$/.exec(line) ?? [];
    if (opening !== undefined)
      trace.push(...OPENING.slice(0, Number(opening)).map((event) => notation.readLine(event)));
    else if (id !== undefined) {
      if (payload !== 'missing') payloads.push([Number(id), readContent(payload)]);
    } else if (line.startsWith('manifest '))
      manifest = line === 'manifest missing' ? undefined : readManifest(line.slice(9), schema);
    else if (line === 'trace missing') hasTrace = false;
    else if (line === 'no newline at the end') newline = false;
    else if (line.startsWith('file ')) {
      const parser = new Parser(line, 5);
      const path: unknown = JSON.parse(compact(parser.value()));
      others.push([String(path), readContent(parser.rest())]);
    } else trace.push(notation.readLine(line));
  }
  const files = new Map<string, Uint8Array>();
  if (manifest !== undefined) files.set('manifest.json', manifest);
  const parts = trace.flatMap((line, index) =>
    newline || index < trace.length - 1 ? [line, encode('\n')] : [line],
  );
  if (hasTrace) files.set('trace.jsonl', Uint8Array.from(Buffer.concat(parts)));
  for (const [id, bytes] of payloads.sort(([a], [b]) => a - b)) files.set(payloadPath(String(id)), bytes);
  for (const [path, bytes] of others) files.set(path, bytes);
  return files;
}

/** Reads a `.case` file: the bundle's files byte for byte and what the original answers. */
export function readCase(text: string): Case {
  const lines = text.split('\n');
  const [, about] = /^# (.+)$/.exec(lines[0] ?? '') ?? [];
  const [, name, version] = /^case (.+), schema ([12])$/.exec(lines[1] ?? '') ?? [];
  const gap = lines.indexOf('', 3);
  if (about === undefined || name === undefined || lines[2] !== '' || gap === -1 || lines.at(-1) !== '')
    throw new Error(
      'a case is: "# sentence", "case NAME, schema N", and two blocks with empty lines between',
    );
  const schema: Schema = version === '2' ? 2 : 1;
  const answer = lines.slice(gap + 1, -1);
  const [first = ''] = answer;
  return {
    name,
    schema,
    about,
    files: readBundle(lines.slice(3, gap), schema),
    expected: /^state( |$)/.test(first) ? { state: readState(answer, schema) } : { error: first },
  };
}
