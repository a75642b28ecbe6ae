import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CheckOptions } from './check.js';
import { exitCodes } from './exit-codes.js';
import { SEE_HELP } from './failure.js';
import { about, aboutCheck, aboutReduce, aboutTail, examples } from './help.js';
import type { ReduceOptions } from './reduce.js';
import { run } from './run.js';
import type { TailCommandOptions } from './tail/tail.js';

// Parses arguments, and loads a command only when it is asked for: help comes at once.

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

const BUNDLES = 'folder with manifest.json and trace.jsonl, or a folder of such folders';

/** A variable of a script that is not set must not mean the working directory. */
const somePath = (text: string): string => {
  if (text === '') throw new InvalidArgumentError('It is empty.');
  return text;
};

const somePaths = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  somePath(text),
];

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
  .argument('<bundle-or-root...>', BUNDLES, somePaths)
  .option('-o, --output <file>', 'where to write (default: state.json in the bundle)', somePath)
  .addOption(new Option('--stdout', 'print the JSON, and write no file').conflicts('output'))
  .option('--strict', 'fail at the first problem')
  .option('--diagnostics <file>', 'write all problems there, as JSON, one a line', somePath)
  .action((given: readonly string[], options: ReduceOptions) =>
    run(async (signal) => (await import('./reduce.js')).reduce(given, options, signal)),
  );

program
  .command('check')
  .summary('say what is wrong with a bundle, or with many; writes nothing')
  .description(aboutCheck)
  .argument('<bundle-or-root...>', BUNDLES, somePaths)
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
    somePath,
  )
  .option('--all', 'follow every bundle of the folder, not only the newest')
  .option('--json', 'print what changes as JSON, one object a line')
  .action((given: string, options: TailCommandOptions) =>
    run(async (signal) => (await import('./tail/tail.js')).tail(given, options, signal)),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
}
