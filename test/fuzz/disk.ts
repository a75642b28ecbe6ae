import { LOG_FILE, MANIFEST_FILE } from '../../src/model/files.js';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect, isDeepStrictEqual } from 'node:util';
import { isTraceError } from '../../src/errors/trace-error.js';
import { replayBundle } from '../../src/node/replay-bundle.js';
import { printed } from '../helpers/cascade.js';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import type { Bundle } from './bundle.js';
import { LawBroken, type Outcome, type Verdict } from './judge.js';

/** A folder with a place for one bundle, and beside it files that must never be read. */
export interface Sandbox {
  readonly root: string;
  readonly bundle: string;
  /** Paths from the bundle to the files beside it. */
  readonly outside: readonly string[];
}

const SECRET = 'the secret beside the bundle';
const secretItems = [
  { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: SECRET }] },
  { type: 'reasoning', encrypted_content: SECRET },
];

/** A payload that any step would take, so that reading it would show. */
const SECRET_PAYLOAD = JSON.stringify({
  input: secretItems,
  output_items: secretItems,
  input_history: secretItems,
  replacement_history: secretItems,
  id: 'a0',
  type: 'agent_message',
  author: '/root',
  recipient: '/root',
  content: [{ type: 'input_text', text: SECRET }],
  aggregated_output: SECRET,
  stdout: SECRET,
  stderr: SECRET,
  formatted_output: SECRET,
  exit_code: 0,
  command: [SECRET],
  cwd: SECRET,
  model: SECRET,
  nickname: SECRET,
});

/** Gives a sandbox and removes it afterwards. */
export const withSandbox = async <T>(use: (sandbox: Sandbox) => Promise<T>): Promise<T> => {
  const root = mkdtempSync(path.join(tmpdir(), 'rollout-trace-fuzz-'));
  const secret = path.join(root, 'secret.json');
  writeFileSync(secret, SECRET_PAYLOAD);
  writeFileSync(path.join(root, 'secret.txt'), SECRET);
  const outside = [
    '../secret.json',
    '../secret.txt',
    'payloads/../../secret.json',
    '..',
    secret,
    '/etc/hostname',
  ];
  try {
    return await use({ root, bundle: path.join(root, 'bundle'), outside });
  } finally {
    rmSync(root, { recursive: true });
  }
};

/** Replaces something of the bundle by a link that leads out of it. */
type Link = (bundle: string, secret: string) => void;

const linkTo =
  (file: string): Link =>
  (bundle, secret) => {
    const link = path.join(bundle, file);
    mkdirSync(path.dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(secret, link);
  };

const linkFolder: Link = (bundle, secret) => {
  const outside = path.join(bundle, '..', 'elsewhere');
  rmSync(outside, { recursive: true, force: true });
  mkdirSync(path.join(bundle, 'payloads'), { recursive: true });
  renameSync(path.join(bundle, 'payloads'), outside);
  for (let number = 1; number < 10; number++)
    writeFileSync(path.join(outside, `${number}.json`), SECRET_PAYLOAD);
  symlinkSync(path.relative(bundle, outside), path.join(bundle, 'payloads'));
  linkTo('payloads/1.json')(bundle, secret);
};

const links: readonly (Link | null)[] = [
  null,
  linkTo('payloads/1.json'),
  null,
  linkTo('payloads/2.json'),
  null,
  linkFolder,
  null,
  linkTo(LOG_FILE),
  null,
  linkTo(MANIFEST_FILE),
];

/**
 * Reduces a bundle on disk in both modes. Throws where that differs from the same in memory, or where a
 * file outside of the bundle was read; every other mutant gets a link that leads there.
 */
export const checkOnDisk = async (
  { root, bundle: folder }: Sandbox,
  bundle: Bundle,
  inMemory: Verdict,
  turn: number,
): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  writeFiles(folder, bundle);
  const link = links[turn % links.length];
  link?.(folder, path.join(root, 'secret.json'));
  for (const strict of [false, true]) {
    const outcome = await reduceOnDisk(folder, strict);
    const expected = strict ? inMemory.strict : inMemory.lenient;
    if (!link && !isSame(outcome, expected)) {
      throw new LawBroken(`on disk ${describe(outcome)}, in memory ${describe(expected)}`);
    }
  }
};

const reduceOnDisk = async (folder: string, strict: boolean): Promise<Outcome> => {
  try {
    const reduction = await replayBundle(folder, { strict, sliceMs: Infinity });
    const text = printed(reduction);
    refuseSecret(text + inspect([reduction.diagnostics, reduction.unresolved], { depth: 10 }));
    return { reduction, text };
  } catch (error) {
    if (error instanceof LawBroken) throw error;
    refuseSecret(inspect(error, { depth: 10 }));
    if (!isTraceError(error)) throw error;
    return { code: error.code };
  }
};

const refuseSecret = (shown: string): void => {
  if (shown.includes(SECRET)) throw new LawBroken('a file beside the bundle was read');
};

const isSame = (a: Outcome, b: Outcome): boolean => {
  if ('code' in a || 'code' in b) return 'code' in a && 'code' in b && a.code === b.code;
  const codes = ({ reduction }: typeof a) => reduction.diagnostics.map(({ code, line }) => [code, line]);
  return a.text === b.text && isDeepStrictEqual(codes(a), codes(b));
};

const describe = (outcome: Outcome): string =>
  'code' in outcome ? outcome.code : `a graph with ${outcome.reduction.diagnostics.length} diagnostics`;
