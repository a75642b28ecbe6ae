import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { ExplainOptions } from './answers/explain.js';
import type { ShowOptions } from './answers/show.js';
import type { TranscriptOptions } from './answers/transcript.js';
import type { CheckOptions } from './check.js';
import { exitCodes } from './exit-codes.js';
import { SEE_HELP } from './failure.js';
import {
  about,
  aboutCheck,
  aboutExplain,
  aboutReduce,
  aboutShow,
  aboutTail,
  aboutTranscript,
  aboutView,
  examples,
} from './help.js';
import type { ReduceOptions } from './reduce.js';
import { run } from './run.js';
import type { TailCommandOptions } from './tail/tail.js';
import type { ViewOptions } from './view.js';

// Parses arguments, and loads a command only when it is asked for: help comes at once.

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

const BUNDLE = 'folder with manifest.json and trace.jsonl';
const BUNDLES = `${BUNDLE}, or a folder of such folders`;

/** A variable of a script that is not set must not mean the working directory, nor any object. */
const nonEmpty = (text: string): string => {
  if (text === '') throw new InvalidArgumentError('It is empty.');
  return text;
};

const portNumber = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('It is no port: 0 to 65535.');
};

const eachNonEmpty = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  nonEmpty(text),
];

const someSeconds = (text: string): number => {
  const seconds = Number(text);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a number of seconds, and more than 0.');
};

const program = new Command('rollout-trace')
  .description(about)
  .version(version)
  .addHelpText('after', examples)
  .helpCommand(false)
  .showHelpAfterError(SEE_HELP)
  .exitOverride();

program
  .command('reduce')
  .summary('write the graph of a bundle, or of many, as JSON')
  .description(aboutReduce)
  .argument('<bundle-or-root...>', BUNDLES, eachNonEmpty)
  .option('-o, --output <file>', 'where to write (default: state.json in the bundle)', nonEmpty)
  .addOption(new Option('--stdout', 'print the JSON, and write no file').conflicts('output'))
  .option('--strict', 'fail at the first problem')
  .option('--diagnostics <file>', 'write all problems there, as JSON, one a line', nonEmpty)
  .action((given: readonly string[], options: ReduceOptions) =>
    run(async (signal) => (await import('./reduce.js')).reduce(given, options, signal)),
  );

program
  .command('check')
  .summary('say what is wrong with a bundle, or with many; writes nothing')
  .description(aboutCheck)
  .argument('<bundle-or-root...>', BUNDLES, eachNonEmpty)
  .option('--json', 'print the report as one JSON document')
  .action((given: readonly string[], options: CheckOptions) =>
    run(async (signal) => (await import('./check.js')).check(given, options, signal)),
  );

program
  .command('tail')
  .summary('show a session while it runs')
  .description(aboutTail)
  .argument(
    '<bundle-or-root>',
    'a bundle, or the folder that Codex leaves bundles in; may be still to come',
    nonEmpty,
  )
  .option('--all', 'follow every bundle of the folder, not only the newest')
  .option('--idle <seconds>', 'take a recording for ended when nothing came for so long', someSeconds)
  .option('--json', 'print what changes as JSON, one object a line')
  .action((given: string, options: TailCommandOptions) =>
    run(async (signal) => (await import('./tail/tail.js')).tail(given, options, signal)),
  );

program
  .command('show')
  .summary('show a session at a glance, or one object or event of it')
  .description(aboutShow)
  .argument('<bundle>', BUNDLE, nonEmpty)
  .argument('[id]', 'an id or its beginning, the path of an agent, or event:41 for an event', nonEmpty)
  .option('--full', 'show all of a long text')
  .option('--json', 'print one JSON document')
  .action((bundle: string, id: string | undefined, options: ShowOptions) =>
    run(async (signal) => (await import('./answers/show.js')).show(bundle, id, options, signal)),
  );

program
  .command('transcript')
  .summary('print what the model saw, in order')
  .description(aboutTranscript)
  .argument('<bundle>', BUNDLE, nonEmpty)
  .addOption(
    new Option('--thread <agent>', 'of this agent, by its path or id (default: the root agent)').argParser(
      nonEmpty,
    ),
  )
  .addOption(
    new Option('--call <id>', 'of this call to the model: its whole request, and the response')
      .argParser(nonEmpty)
      .conflicts('thread'),
  )
  .option('--brief', 'one line for each item')
  .addOption(new Option('--full', 'all of each item').conflicts('brief'))
  .option('--markdown', 'as Markdown')
  .action((bundle: string, options: TranscriptOptions) =>
    run(async (signal) => (await import('./answers/transcript.js')).transcript(bundle, options, signal)),
  );

program
  .command('explain')
  .summary('tell how an object came about, and what came of it')
  .description(aboutExplain)
  .argument('<bundle>', BUNDLE, nonEmpty)
  .argument('<id>', 'an id or its beginning, or the path of an agent', nonEmpty)
  .option('--json', 'print one JSON document')
  .action((bundle: string, id: string, options: ExplainOptions) =>
    run(async (signal) => (await import('./answers/explain.js')).explainObject(bundle, id, options, signal)),
  );

program
  .command('view')
  .summary('show a bundle in a browser')
  .description(aboutView)
  .argument('<bundle>', BUNDLE, nonEmpty)
  .option('--port <number>', 'where to listen (default: any free port)', portNumber)
  .option('--no-open', 'print the address, and open no browser')
  .addOption(
    new Option('--out <file>', 'write one page that needs nothing else, and serve nothing')
      .argParser(nonEmpty)
      .conflicts('port'),
  )
  .option('--redact', 'with --out: leave out what was said and done')
  .action((bundle: string, options: ViewOptions, command: Command) => {
    if (options.redact && options.out === undefined) command.error('error: --redact needs --out');
    return run(async (signal) => (await import('./view.js')).view(bundle, options, signal));
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
}
