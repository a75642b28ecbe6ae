import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawTraceEventSchemas } from '../../src/model/raw-event.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { carriedCases, type CarriedCase } from '../helpers/carried-cases.js';
import { chromiumPath, launchChromium, newPage } from './chromium.js';
import { bundlePage, serve } from './serve.js';

/** A bundle as it goes to the page. */
interface SentBundle {
  readonly manifest: string;
  readonly lines: readonly string[];
  readonly payloads: readonly (readonly [path: string, text: string])[];
}

/** What comes back. */
interface Answer {
  readonly state?: string;
  readonly failure?: string;
  /** Whether there was a document where it was made. */
  readonly hasPage?: boolean;
}

interface SentCase {
  readonly file: string;
  readonly bundle: SentBundle;
  readonly state: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bundle of a case that the original accepts, if its events are plain data once a page has parsed them. */
const sentCase = (schema: SchemaVersion, { file, files, expected }: CarriedCase): readonly SentCase[] => {
  if ('error' in expected) return [];
  const texts = new Map([...files].map(([name, content]) => [name, utf8.decode(content)]));
  const lines = (texts.get('trace.jsonl') ?? '').split('\n').filter((line) => line !== '');
  // Forms of serde, such as a list for an object, are read in text alone.
  const isEvent = (line: string): boolean => rawTraceEventSchemas[schema].safeParse(JSON.parse(line)).success;
  if (!lines.every((line) => isPlain(line) && isEvent(line))) return [];
  const payloads = [...texts].filter(([name]) => name.startsWith('payloads/'));
  const bundle = { manifest: texts.get('manifest.json') ?? '', lines, payloads };
  return [{ file, bundle, state: expected.state }];
};

/** Whether `JSON.parse` reads the line without loss: no odd spelling, and no integer beyond those of JavaScript. */
const isPlain = (line: string): boolean =>
  /^\{.*\}$/.test(line) && !/\d{16}/.test(line) && JSON.stringify(JSON.parse(line)) === line;

/** Runs in the page, where these two are. */
const call = ([name, bundle]: readonly ['reduceInPage' | 'reduceInWorker', SentBundle]): Promise<Answer> =>
  Reflect.get(globalThis, name)(bundle);

describe('the core in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof serve>>;
  const requested: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), bundlePage().then(serve)]);
    page = await newPage(browser);
    page.on('request', (request) => void requested.push(request.url()));
    page.on('console', (message) => void complaints.push(message.text()));
    page.on('pageerror', (error) => void complaints.push(String(error)));
    await page.goto(server.origin);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it.each([
    ['schema 1 in a page', 1, 'reduceInPage', true],
    ['schema 1 in a worker', 1, 'reduceInWorker', false],
    ['schema 2 in a page', 2, 'reduceInPage', true],
    ['schema 2 in a worker', 2, 'reduceInWorker', false],
  ] as const)('reduces bundles of %s to the bytes of the original', async (_about, schema, name, hasPage) => {
    const cases = carriedCases(`schema-${schema}`).flatMap((each) => sentCase(schema, each));
    expect(cases.length).toBeGreaterThan(50);
    for (const { file, bundle, state } of cases) {
      const answer = await page.evaluate(call, [name, bundle] as const);
      expect(answer, file).toEqual({ state, hasPage });
    }
  });

  it('asks nobody but its own server, and complains of nothing', () => {
    expect(requested.length).toBeGreaterThan(1);
    expect(
      requested.filter((url) => !url.startsWith(`${server.origin}/`) && !url.startsWith('data:')),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('a machine without Chromium', () => {
  it('is told what to install', () => {
    expect(() => chromiumPath('/nowhere/chromium')).toThrow(
      /no Chromium at \/nowhere\/chromium.*apt-get install chromium/,
    );
  });
});
