import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { exitCodes } from '../src/cli/exit-codes.js';
import { problemHints, type ProblemCode } from '../src/errors/codes.js';
import { ownership } from '../src/facts/ownership.js';
import { promisedTypes } from '../src/facts/trace-fact.js';
import { patch } from '../src/facts/writes.js';
import { endedAt, runningSince } from '../src/model/execution.js';
import { rawPayloadKinds } from '../src/model/payload-ref.js';
import { schema1Events } from '../src/model/schema-1-events.js';
import { schema2Events } from '../src/model/schema-2-events.js';
import { rawEventTypes } from '../src/model/raw-event.js';
import { tableNames } from '../src/model/rollout-trace.js';
import type { FindingCode, Severity } from '../src/node/index.js';
import { compactions } from '../src/projections/compactions.js';
import { stagesOf } from '../src/replay.js';
import { streams } from '../src/streams/drivers.js';
import { carriedCases } from './helpers/carried-cases.js';
import { at, compactionRequestCompleted, compactionRequestStarted, payloadOf } from './helpers/facts.js';
import { usualManifest } from './helpers/fold.js';
import { given } from './helpers/given.js';
import { orderings } from './testing/orderings.js';
import { started } from './cli/command.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const decisions = readdirSync(path.join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
const pages = ['architecture', 'format', 'orderings', 'problems', 'record', 'write-a-projection'].map(
  (name) => `docs/${name}.md`,
);
const documents = ['README.md', 'CONTRIBUTING.md', ...pages, ...decisions];

/** Text outside of code blocks. */
const proseOf = (markdown: string): string => markdown.replace(/^```[^]*?^```$/gm, '');

/** The rows of the table whose first column has this heading. */
const tableOf = (file: string, heading: string): readonly (readonly string[])[] => {
  const lines = read(file).split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\| ${heading} +\\|`).test(line));
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
};

/** The names in a cell: all that stands in backticks. */
const namesIn = (cell: string | undefined): readonly string[] =>
  [...(cell ?? '').matchAll(/`([^`]*)`/g)].map(([, name = '']) => name);

const firstNames = (file: string, heading: string): readonly string[] =>
  tableOf(file, heading).map(([cell]) => namesIn(cell)[0] ?? '');

/** What `find` finds in any document, with the name of the document before it. */
const inAll = (find: (text: string, document: string) => readonly string[]): readonly string[] =>
  documents.flatMap((document) => find(read(document), document).map((found) => `${document}: ${found}`));

describe('the documents', () => {
  it('link to pages and headings that are there', () => {
    const isBroken = (document: string, file: string, heading: string | undefined): boolean => {
      const target = file === '' ? document : path.join(path.dirname(document), file);
      if (!existsSync(path.join(root, target))) return true;
      return heading !== undefined && !headingsOf(read(target)).includes(heading);
    };
    const broken = inAll((text, document) =>
      [...proseOf(text).matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
        .filter(([, file = '', heading]) => isBroken(document, file, heading))
        .map(([link]) => link),
    );
    expect(broken).toEqual([]);
  });

  it('name files of the project that are there', () => {
    const isPath = /^(?:src|test|docs|bench|scripts|examples)\/[\w./-]+$/;
    const missing = inAll((text) =>
      namesIn(proseOf(text)).filter((name) => isPath.test(name) && !existsSync(path.join(root, name))),
    );
    expect(missing).toEqual([]);
  });

  it('name scripts that package.json has', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const missing = inAll((text) =>
      [...text.matchAll(/\bnpm (?:run (?!-)([\w:]+)|(start|test)\b)/g)]
        .map(([, script, short]) => script ?? short ?? '')
        .filter((name) => !Object.hasOwn(scripts, name)),
    );
    expect(missing).toEqual([]);
  });

  it('show no code but what tests run', () => {
    const isRun = (file: string | undefined, code: string): boolean => {
      if (file === undefined) return false;
      const places = code.split('// ...\n').map((piece) => read(file).indexOf(piece));
      return places.every((place, index) => place !== -1 && place > (places[index - 1] ?? -1));
    };
    const blocks = inAll((text) =>
      [...text.matchAll(/(?:<!-- from (\S+) -->\n\n)?^```ts\n([^]*?)^```$/gm)].map(
        ([, file, code = '']) => `${isRun(file, code) ? 'run' : code} from ${file}`,
      ),
    );
    expect(blocks).toEqual([
      'README.md: run from examples/reduce-a-bundle.ts',
      'README.md: run from examples/own-events.ts',
      'README.md: run from examples/record-an-agent.ts',
      'CONTRIBUTING.md: run from test/docs.test.ts',
      'docs/orderings.md: run from test/testing/own-reducer.test.ts',
      ...Array<string>(5).fill('docs/write-a-projection.md: run from examples/write-a-projection.ts'),
      ...Array<string>(2).fill('docs/write-a-projection.md: run from test/testing/own-projection.test.ts'),
    ]);
  });
});

/** As GitHub makes anchors of headings. */
const headingsOf = (markdown: string): readonly string[] =>
  [...proseOf(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

/** What a command prints that goes on until it is interrupted, which it is when it has said something. */
const shownUntilInterrupted = async (args: readonly string[]): Promise<string> => {
  const { child, outcome } = started(args);
  child.stdout.once('data', () => child.kill('SIGINT'));
  return (await outcome).stdout;
};

describe('the README', () => {
  it('starts a newcomer with one command, and proves itself with another', () => {
    const commands = [...read('README.md').matchAll(/^npm ci .*$/gm)].map(([command]) => command);
    expect(commands).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  it('tells every exit code', () => {
    expect(tableOf('README.md', 'Exit code').map(([code]) => Number(code))).toEqual(Object.values(exitCodes));
  });

  it('lists the tables of a graph', () => {
    expect(firstNames('README.md', 'Table')).toEqual(tableNames);
  });

  it('shows answers as they are printed, each line as far as it is shown', () => {
    const blocks = [...read('README.md').matchAll(/^```console\n\$ rollout-trace (.*)\n([^]*?)^```$/gm)];
    expect(blocks).toHaveLength(5);
    for (const [, words = '', shown = ''] of blocks) {
      const args = ['dist/cli/main.js', ...words.split(' ')];
      const printed = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).split('\n');
      const lines = shown.trimEnd().split('\n');
      const cut = lines.map((line, index) =>
        line.endsWith('…') && printed[index]?.startsWith(line.slice(0, -1)) ? line : printed[index],
      );
      expect(lines).toEqual(cut);
    }
  });

  it('shows commands that work', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-docs-'));
    const bundle = path.join(folder, 'bundle');
    // The times of the files stay, so that the session counts as over.
    cpSync(path.join(root, 'examples/bundle'), bundle, { recursive: true, preserveTimestamps: true });
    rmSync(path.join(bundle, 'state.json'), { force: true });
    const other = path.join(folder, 'other');
    cpSync(bundle, other, { recursive: true, preserveTimestamps: true });
    const printed: string[] = [];
    for (const [, words = ''] of read('README.md').matchAll(/^npx rollout-trace ([^#|\n]*)/gm)) {
      const args = words.trim().replace('~/traces/trace-1234', bundle).replace('~/traces', folder).split(' ');
      printed.push(
        words.startsWith('view') && !args.includes('--out')
          ? await shownUntilInterrupted([...args, '--no-open'])
          : execFileSync(process.execPath, ['dist/bin/main.js', ...args], { cwd: root, encoding: 'utf8' }),
      );
    }
    const page = path.join(folder, 'page.html');
    rmSync(folder, { recursive: true });
    expect(printed).toEqual([
      expect.stringContaining('nothing is wrong'),
      `${path.join(bundle, 'state.json')}\n`,
      expect.stringContaining('"threads": {'),
      `${path.join(bundle, 'state.json')}\n${path.join(other, 'state.json')}\n`,
      expect.stringContaining('session ended'),
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/),
      `${page}\n`,
      `${page}\n`,
    ]);
  });
});

describe('the architecture', () => {
  /** Tables that a stage adds rows to, and the fields that it changes in rows of others. */
  const ownedBy = (stage: string): readonly string[] =>
    tableNames.flatMap((table) => {
      const fields = Object.entries(ownership[table]).map(
        ([field, owner]) => [field, typeof owner === 'string' ? [owner] : [...owner]] as const,
      );
      if (fields[0]?.[1][0] === stage) return [table];
      return fields
        .filter(([, owners]) => owners.some((owner) => owner === stage))
        .map(([f]) => `${table}.${f}`);
    });

  const readsOf = (cell: string | undefined): readonly string[] => {
    if (cell === 'every event') return rawEventTypes;
    return cell === 'every line' ? [...rawEventTypes, 'unreadable_line'] : namesIn(cell);
  };

  it('shows each stage of the pipe with what it reads, learns and owns', () => {
    const shown = tableOf('docs/architecture.md', 'Stage').map(([stage, reads, learns, owns]) => ({
      stage: namesIn(stage)[0],
      reads: readsOf(reads),
      learns: namesIn(learns),
      owns: namesIn(owns),
    }));
    const manifest = { ...usualManifest, schema_version: 2 };
    const stages = stagesOf(manifest, streams).map(({ name, reads, learns }) => ({
      stage: name,
      reads,
      learns,
      owns: ownedBy(name),
    }));
    expect(shown).toEqual(stages);
  });

  it('leads to every decision, in the order of their numbers', () => {
    const linked = [...read('docs/architecture.md').matchAll(/\[(\d{4})\]\((decisions\/[^)]*)\)/g)];
    expect(linked.map(([, , file]) => `docs/${file}`)).toEqual(decisions.toSorted());
    expect(linked.map(([, number]) => Number(number))).toEqual(linked.map((_, index) => index + 1));
  });
});

describe('the page about the format', () => {
  const page = 'docs/format.md';

  const byName = ([a = '']: readonly (string | undefined)[], [b = '']: readonly (string | undefined)[]) =>
    a < b ? -1 : 1;
  const fieldsOf = (schemas: readonly (typeof schema1Events | typeof schema2Events)[number][]) =>
    schemas.map(({ shape: { type, ...fields } }) => {
      const names = Object.entries<z.ZodMiniType>(fields).map(([name, schema]) =>
        schema instanceof z.ZodMiniOptional ? `${name}?` : name,
      );
      return [...type.def.values, ...names];
    });

  it('lists the events with their fields', () => {
    const shown = (heading: string) =>
      tableOf(page, heading).map(([event, fields]) => [namesIn(event)[0], ...namesIn(fields)]);
    expect(shown('Event').toSorted(byName)).toEqual(fieldsOf(schema1Events).toSorted(byName));
    const isNew = (schema: object): boolean => !schema1Events.some((known) => known === schema);
    expect(shown('Event of schema 2')).toEqual(fieldsOf(schema2Events.filter(isNew)));
  });

  it('lists the kinds of payload', () => {
    expect(firstNames(page, 'Kind')).toEqual(rawPayloadKinds);
    const events = [...tableOf(page, 'Event'), ...tableOf(page, 'Event of schema 2')];
    const kinds = events.flatMap(([, , kind]) => namesIn(kind));
    expect(kinds.filter((kind) => !rawPayloadKinds.some((known) => known === kind))).toEqual([]);
  });

  /** Graphs as the original prints them; other tests hold this package to the same bytes. */
  const graphsOf = (schema: 1 | 2) =>
    carriedCases(`schema-${schema}`).flatMap(({ file, expected }) => {
      const graph: Record<string, unknown> = 'state' in expected ? JSON.parse(expected.state) : {};
      return 'state' in expected ? [{ file, graph }] : [];
    });
  const rowsOf = (graph: Record<string, unknown>, table: string) =>
    Object.values<object>(Object(graph[table])).map((row) => Object.keys(row));
  const shownTables = () =>
    tableOf(page, 'Table').map(([table, fields = '']) => ({ table: namesIn(table)[0] ?? '', fields }));
  /** A ² marks what only schema 2 has. */
  const namesFor = (schema: 1 | 2, text: string): readonly string[] =>
    namesIn(schema === 1 ? text.replace(/`[^`]*`²/g, '') : text);

  it('lists the tables of the printed graph with the fields of a row, in their order', () => {
    const shown = shownTables().map(({ table, fields }) => [table, namesIn(fields)]);
    expect(shown).toEqual(tableNames.map((table) => [table, Object.keys(ownership[table])]));
  });

  it('marks the fields of a row that schema 1 does not have', () => {
    const graphs = graphsOf(1);
    for (const { table, fields } of shownTables()) {
      const printed = new Set(graphs.flatMap(({ graph }) => rowsOf(graph, table)).flat());
      expect([...printed].toSorted(), table).toEqual(namesFor(1, fields).toSorted());
    }
  });

  it.each([1, 2] as const)('tells what every graph of schema %i has, and what it leaves out', (schema) => {
    const behind = (words: string): string => read(page).split(words)[1]?.split('.')[0] ?? '';
    const header = namesFor(schema, behind('First come the fields'));
    const optional = namesIn(behind('Left out instead are'));
    const tables = shownTables().map(({ table, fields }) => ({ table, names: namesFor(schema, fields) }));
    for (const { file, graph } of graphsOf(schema)) {
      expect(Object.keys(graph), file).toEqual([...header, ...tableNames]);
      for (const { table, names } of tables) {
        for (const row of rowsOf(graph, table)) {
          const there = names.filter((name) => !optional.includes(name) || row.includes(name));
          expect(row, `${file} ${table}`).toEqual(there);
        }
      }
    }
  });
});

describe('the page about orderings', () => {
  it('lists the pairs of events that tests turn around', () => {
    const shown = tableOf('docs/orderings.md', 'Pair').map(([pair, schemas = '']) => ({
      pair: namesIn(pair),
      schemas: schemas.split(', ').map(Number),
    }));
    expect(shown).toEqual(orderings.map(({ pair, schemas }) => ({ pair, schemas })));
  });
});

describe('the page about problems', () => {
  const page = 'docs/problems.md';

  it('explains every code, in the order of the code', () => {
    const rows = tableOf(page, 'Code');
    expect(rows.map(([code]) => namesIn(code)[0])).toEqual(Object.keys(problemHints));
    expect(rows.filter(([, meaning, kept]) => !meaning?.endsWith('.') || !kept?.endsWith('.'))).toEqual([]);
  });

  it('explains what only a check finds', () => {
    const found = {
      seq_gap: 'warning',
      seq_repeated: 'warning',
      seq_back: 'warning',
      payload_unreferenced: 'warning',
      code_cell_unresolved: 'info',
      agent_delivery_unresolved: 'info',
    } as const satisfies Record<Exclude<FindingCode, ProblemCode>, Severity>;
    const shown = tableOf(page, 'Finding').map(([code, severity]) => [namesIn(code)[0], severity]);
    expect(Object.fromEntries(shown)).toEqual(found);
  });
});

describe('the page about projections of a user', () => {
  it('lists the learned facts that they may read', () => {
    expect(firstNames('docs/write-a-projection.md', 'Fact')).toEqual(promisedTypes);
  });
});

// The template of CONTRIBUTING.md: change both.
describe('a request of a compaction', () => {
  it('ends with its response', () => {
    given(compactions)
      .after(compactionRequestStarted())
      .when(compactionRequestCompleted({ seq: 2, payload: payloadOf({}, 'P2') }))
      .thenWrites(
        patch('compaction_requests', 'R1', {
          execution: endedAt(runningSince(at()), at({ seq: 2 }), 'completed'),
          raw_response_payload_id: 'P2',
        }),
      );
  });

  it('is not known before it starts', () => {
    given(compactions)
      .when(compactionRequestCompleted())
      .thenReports('compaction_request_unknown')
      .thenWrites();
  });
});
