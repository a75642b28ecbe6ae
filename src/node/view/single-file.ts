import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { recordingFrames } from './recording-frames.js';
import { redaction } from './redaction.js';
import type { ViewerSite } from './viewer-site.js';

export interface SingleFileOptions {
  readonly site: ViewerSite;
  /** Leaves out what was said and done; what is left are ids, kinds, times, tokens and lengths. */
  readonly redact?: boolean;
  readonly signal: AbortSignal;
}

/**
 * One page with the viewer and a recording as it stands now, in pieces of text. It needs no network, and its
 * policy allows none. Throws as `replayBundle` rejects.
 */
export async function* singleFile(
  directory: string,
  { site, redact = false, signal }: SingleFileOptions,
): AsyncGenerator<string, void, undefined> {
  const script = inScript(site.script);
  const worker = inScript(site.worker);
  const policy = [
    "default-src 'none'",
    // The worker is started from what stands in the page, and inherits its policy.
    `script-src ${hashOf(script)} blob:`,
    'worker-src blob:',
    `style-src ${hashOf(site.style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const [before, after] = splitOnce(site.html, '</head>');
  const head = before
    .replace(/<script\b[^>]*><\/script>|<link rel="stylesheet"[^>]*>/g, '')
    .replace('<head>', () => `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`);
  yield `${head}<style>${site.style}</style></head>${splitOnce(after, '</body>')[0]}`;
  yield `<script type="text/plain" id="worker">${worker}</script>`;
  yield `<script type="text/plain" id="licenses">${inScript(site.licenses)}</script>`;
  yield `<script type="text/plain" id="recording">`;
  const frames = recordingFrames(directory, {
    once: true,
    redaction: redact ? redaction() : undefined,
    signal,
  });
  yield* base64(zipped(frames, signal));
  yield `</script><script type="module">${script}</script></body></html>\n`;
}

/** Code that can stand in a script element. */
const inScript = (code: string): string =>
  code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

const hashOf = (code: string): string => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;

const splitOnce = (text: string, mark: string): readonly [string, string] => {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`the page of the viewer has no ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
};

async function* zipped(frames: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  const zip = createGzip({ level: 9 });
  const written = pipeline(frames, zip, { signal });
  // What ends it comes out of the other end, too.
  written.catch(() => {});
  yield* zip;
  await written;
}

/** Three bytes are four characters: what is left of a piece goes with the next one. */
async function* base64(pieces: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = Buffer.concat([rest, piece]);
    const whole = bytes.length - (bytes.length % 3);
    yield bytes.toString('base64', 0, whole);
    rest = bytes.subarray(whole);
  }
  yield rest.toString('base64');
}
