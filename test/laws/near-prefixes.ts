import fc from 'fast-check';
import { payloadRefs } from '../../src/model/event-payloads.js';
import { requestLayout } from '../../src/payloads/request/layout.js';
import { openInMemory, type Bundle } from '../fuzz/bundle.js';
import type { Source } from '../fuzz/sources.js';
import type { Subject } from './subjects.js';

/** A request as text, one character a byte, and where one of its items and its list end. */
interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly listEnd: number;
}

const put = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);
const behindList = (by: string) => (at: Place) => put(at.text, at.listEnd + 1, at.listEnd + 1, by);
const forItem = (by: (item: string) => string) => (at: Place) =>
  put(at.text, at.start, at.end, by(at.text.slice(at.start, at.end)));

/** What makes of a request one that nearly repeats the one before it. */
const edits: Readonly<Record<string, (at: Place) => string>> = {
  'continues a response': behindList(',"previous_response_id":"resp_1"'),
  'continues none': behindList(',"previous_response_id":null'),
  'has a second list': behindList(',"input":[]'),
  'has a second list by an escaped key': behindList(',"\\u0069nput":[]'),
  'is no JSON behind its list': behindList(',"tools":[}'),
  'is no UTF-8 behind its list': behindList(',"tools":"\xff"'),
  'goes on behind its end': ({ text }) => `${text} {}`,
  'is cut': ({ text, end }) => text.slice(0, end),
  'has an item less': forItem(() => '{}'),
  'has an item twice': forItem((item) => `${item},${item}`),
  'has null for an item': forItem(() => 'null'),
  'has a comma too many': forItem((item) => `${item},`),
  'has spaces around an item': forItem((item) => ` ${item}\n`),
  'has an item with a repeated key': forItem((item) => `{"type":"reasoning",${item.slice(1)}`),
  'has an item with a key of its own': forItem((item) => `${item.slice(0, -1)},"new":1}`),
  'has an item that is no UTF-8': forItem((item) => `${item.slice(0, -1)},"new":"\xff"}`),
};

const edited = (content: Buffer, edit: (at: Place) => string, share: number): Buffer => {
  const layout = requestLayout(content);
  if (!layout || layout.itemEnds.length === 0) return content;
  const { listStart, itemEnds, listEnd } = layout;
  const item = Math.floor(share * itemEnds.length);
  const text = content.toString('latin1');
  const start = text.indexOf('{', itemEnds[item - 1] ?? listStart);
  return Buffer.from(edit({ text, start, end: itemEnds[item] ?? listEnd, listEnd }), 'latin1');
};

const requestPaths = (bundle: Bundle): readonly string[] =>
  openInMemory(bundle).entries.flatMap((entry) =>
    entry.type === 'event' && entry.event.payload.type === 'inference_started'
      ? payloadRefs(entry.event.payload).map(({ path }) => path)
      : [],
  );

/** Sessions in which one request, or all from one on, are nearly as they were. */
export const nearPrefixes = (sessions: readonly Source[]): fc.Arbitrary<Subject> => {
  const withPaths = sessions.map(({ name, bundle }) => ({ name, bundle, paths: requestPaths(bundle) }));
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  return fc
    .tuple(
      fc.constantFrom(...withPaths),
      fc.constantFrom(...Object.entries(edits)),
      share,
      share,
      fc.boolean(),
    )
    .map(([{ name, bundle, paths }, [what, edit], request, item, stays]) => {
      const from = Math.floor(request * paths.length);
      const changed = new Map(bundle);
      for (const path of paths.slice(from, stays ? undefined : from + 1)) {
        const content = bundle.get(path);
        if (content) changed.set(path, edited(content, edit, item));
      }
      const which = stays ? 'from there on' : 'alone';
      return {
        name: `${name}, whose request ${from} (${which}) ${what}`,
        bundle: changed,
        opened: openInMemory(changed),
      };
    });
};
