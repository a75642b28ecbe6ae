/** Where the bytes of a recording come from. */
export type RecordingSource =
  | { readonly type: 'server'; readonly url: string; readonly token: string }
  /** Base64 of frames that were compressed by gzip. */
  | { readonly type: 'embedded'; readonly base64: string };

/** The frames of a recording as a stream of bytes. Rejects with words for the reader of the page. */
export const openSource = async (source: RecordingSource): Promise<ReadableStream<Uint8Array>> => {
  if (source.type === 'embedded') return unzipped(source.base64);
  const response = await fetch(source.url, {
    headers: { 'x-rollout-trace-token': source.token },
    credentials: 'omit',
  });
  if (!response.ok || !response.body)
    throw new Error(`the server refused: ${(await response.text()).trim()}`);
  return response.body;
};

/** Characters that are decoded at once; a multiple of four. */
const PIECE = 1 << 20;

const unzipped = (base64: string): ReadableStream<Uint8Array> => {
  let at = 0;
  const zipped = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= base64.length) return controller.close();
      controller.enqueue(
        Uint8Array.from(atob(base64.slice(at, at + PIECE)), (character) => character.charCodeAt(0)),
      );
      at += PIECE;
    },
  });
  return zipped.pipeThrough(new DecompressionStream('gzip'));
};
