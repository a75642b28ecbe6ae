import { LOG_FILE, MANIFEST_FILE } from '../../src/model/files.js';
import type { Random } from '../../bench/generate/random.js';
import { choose, weighted } from './choose.js';
import { mutateJson } from './mutate-json.js';
import { addReceipt, dropReceipt, moveReceipt, repeatReceipt, retarget } from './receipt-steps.js';
import { linesOf, place, type Step } from './step.js';

/** A step on the lines of the log. */
const onLines =
  (change: (lines: string[], random: Random) => void): Step =>
  ({ files, random }) => {
    const before = files.get(LOG_FILE);
    const lines = linesOf(files);
    if (lines.length === 0) return false;
    change(lines, random);
    const after = lines.join('');
    files.set(LOG_FILE, after);
    return after !== before;
  };

const dropLine = onLines((lines, random) => void lines.splice(place(random, lines), 1));

const doubleLine = onLines((lines, random) => {
  const [line = ''] = lines.slice(place(random, lines));
  lines.splice(place(random, lines), 0, line);
});

const moveLine = onLines((lines, random) => {
  const moved = lines.splice(place(random, lines), 1);
  lines.splice(random.integer(0, lines.length), 0, ...moved);
});

const swapLines = onLines((lines, random) => {
  const [a, b] = [place(random, lines), place(random, lines)];
  const [first = '', second = ''] = [lines[a], lines[b]];
  lines[a] = second;
  lines[b] = first;
});

const respaceLine = onLines((lines, random) => {
  const at = place(random, lines);
  const line = (lines[at] ?? '').replace(/\n$/, '');
  const forms = [
    `${line}\r\n`,
    `\n${line}\n`,
    `\u00c2\u00a0\n${line}\n`,
    ` ${line}\t\n`,
    line,
    `\u00ef\u00bb\u00bf${line}\n`,
  ];
  lines[at] = choose(random, forms) ?? line;
});

/** A step on the JSON of one file, or of one line of the log. */
const onJson =
  (isWanted: (path: string) => boolean): Step =>
  ({ files, random, pool, gentle }) => {
    const path = choose(random, [...files.keys()].filter(isWanted));
    const text = path === undefined ? undefined : files.get(path);
    if (path === undefined || text === undefined) return false;
    const edited = mutateJson(text, { random, pool, gentle });
    if (edited !== undefined) files.set(path, edited);
    return edited !== undefined;
  };

const editLine: Step = ({ files, random, pool, gentle }) => {
  const lines = linesOf(files);
  const at = place(random, lines);
  const line = lines[at]?.replace(/\n$/, '');
  const edited = line === undefined ? undefined : mutateJson(line, { random, pool, gentle });
  if (edited === undefined) return false;
  files.set(LOG_FILE, lines.with(at, `${edited}\n`).join(''));
  return true;
};

const isPayload = (path: string): boolean => path !== LOG_FILE && path !== MANIFEST_FILE;

const changeBytes: Step = ({ files, random }) => {
  const path = choose(random, [...files.keys()]);
  const text = path === undefined ? undefined : files.get(path);
  if (path === undefined || text === undefined || text === '') return false;
  const at = random.integer(0, text.length - 1);
  const byte = random.chance(0.5)
    ? String.fromCharCode(text.charCodeAt(at) ^ (1 << random.integer(0, 7)))
    : String.fromCharCode(random.integer(0, 255));
  const taken = random.integer(0, 2);
  files.set(path, text.slice(0, at) + (random.chance(0.8) ? byte : '') + text.slice(at + taken));
  return true;
};

const cutFile: Step = ({ files, random }) => {
  const path = choose(random, random.chance(0.5) ? [LOG_FILE] : [...files.keys()]);
  const text = path === undefined ? undefined : files.get(path);
  if (path === undefined || text === undefined || text === '') return false;
  files.set(path, text.slice(0, random.chance(0.1) ? 0 : random.integer(0, text.length - 1)));
  return true;
};

const removeFile: Step = ({ files, random }) => {
  const path = choose(random, random.chance(0.9) ? [...files.keys()].filter(isPayload) : [...files.keys()]);
  return path !== undefined && files.delete(path);
};

/** Two payloads change places, or one takes the other's. */
const swapPayloads: Step = ({ files, random }) => {
  const paths = [...files.keys()].filter(isPayload);
  const [a, b] = [choose(random, paths), choose(random, paths)];
  if (a === undefined || b === undefined || a === b) return false;
  const [first = '', second = ''] = [files.get(a), files.get(b)];
  files.set(a, second);
  if (random.chance(0.5)) files.set(b, first);
  return true;
};

/** Paths to files and folders of the bundle in other spellings, and to what is not there. */
const insidePaths = [
  '',
  '.',
  'payloads',
  'payloads/',
  './payloads/1.json',
  'payloads//1.json',
  'payloads/../payloads/2.json',
  'payloads/1.json/',
  'payloads/1.json/.',
  'nowhere/1.json',
  'manifest.json',
  'trace.jsonl',
  'payloads/1.json\\u0000',
  `payloads/${'n'.repeat(300)}.json`,
];

const repath: Step = ({ files, random, outside }) => {
  const lines = linesOf(files);
  const places = lines.flatMap((line, index) => (line.includes('"path":"') ? [index] : []));
  const at = choose(random, places);
  const path = choose(random, random.chance(0.5) ? insidePaths : [...insidePaths, ...outside, ...outside]);
  if (at === undefined || path === undefined) return false;
  lines[at] = (lines[at] ?? '').replace(/"path":"[^"]*"/, () => `"path":"${path}"`);
  files.set(LOG_FILE, lines.join(''));
  return true;
};

interface NamedStep {
  readonly name: string;
  readonly step: Step;
}

const named = (weight: number, name: string, step: Step) => [weight, { name, step }] as const;

export const namedSteps: readonly NamedStep[] = weighted(
  named(30, 'edit a line', editLine),
  named(24, 'edit a payload', onJson(isPayload)),
  named(
    1,
    'edit the manifest',
    onJson((path) => path === MANIFEST_FILE),
  ),
  named(5, 'drop a line', dropLine),
  named(3, 'double a line', doubleLine),
  named(5, 'move a line', moveLine),
  named(3, 'swap lines', swapLines),
  named(1, 'respace a line', respaceLine),
  named(2, 'change bytes', changeBytes),
  named(1, 'cut a file', cutFile),
  named(1, 'remove a file', removeFile),
  named(3, 'swap payloads', swapPayloads),
  named(2, 'change a payload path', repath),
  named(3, 'add a receipt', addReceipt),
  named(2, 'drop a receipt', dropReceipt),
  named(2, 'repeat a receipt', repeatReceipt),
  named(3, 'move a receipt', moveReceipt),
  named(4, 'retarget a receipt', retarget),
);

const gentle: ReadonlySet<string> = new Set([
  'edit a line',
  'edit a payload',
  'drop a line',
  'move a line',
  'swap lines',
  'swap payloads',
  'add a receipt',
  'drop a receipt',
  'repeat a receipt',
  'move a receipt',
  'retarget a receipt',
]);

/** The steps after which a bundle may still be one that a recorder wrote. */
export const gentleSteps = namedSteps.filter(({ name }) => gentle.has(name));
