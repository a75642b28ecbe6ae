/** Texts of `--help`, for somebody who has never seen a bundle. A paragraph is one line: it is wrapped later. */

const paragraphs = (...texts: readonly string[]): string => texts.join('\n\n');

export const about = paragraphs(
  'Turns the diagnostic recording of a Codex session into a graph that explains it.',
  'Codex records when CODEX_ROLLOUT_TRACE_ROOT names a folder: each session then leaves a bundle there, a folder with manifest.json, trace.jsonl (what happened, in order) and payloads/ (requests, responses, tool output). A bundle holds all that the session saw: treat it, and its graph, as a secret.',
);

export const examples = `
Examples:
  CODEX_ROLLOUT_TRACE_ROOT=~/traces codex             record a session
  rollout-trace check ~/traces/trace-1234             is anything wrong with its bundle?
  rollout-trace reduce ~/traces/trace-1234            write its graph to state.json in the bundle
  rollout-trace reduce --stdout ~/traces/trace-1234 | jq .threads
  rollout-trace reduce ~/traces                       write the graph of each bundle there
  rollout-trace tail ~/traces                         watch the session that runs now
  rollout-trace show ~/traces/trace-1234              the session at a glance
  rollout-trace show ~/traces/trace-1234 event:41     what was recorded there?
  rollout-trace explain ~/traces/trace-1234 call_5    how did this come about?
  rollout-trace transcript ~/traces/trace-1234        what did the model see?
  rollout-trace view ~/traces/trace-1234              look at a session in a browser

Exit codes:
  0  done, and nothing is wrong
  1  failed: nothing could be read, or nothing was written
  2  wrong usage
  3  done, but the bundle has problems
Of many bundles, the one that came off worst decides: 1, then 3, then 0.`;

const MANY =
  'Given many bundles, or a folder of bundles, it does so with each, on all cores. One that fails leaves the others alone; the summary names it. Options that lead to one place take one bundle.';

export const aboutReduce = paragraphs(
  'Writes the graph of a bundle as JSON, and prints the path of the file.',
  'A bundle with problems still gives a graph: the problems are listed on stderr, and the exit code is 3. With --strict the first one ends the work with exit code 1, as in `codex debug trace-reduce`. A run that fails leaves an earlier file as it was.',
  MANY,
);

export const aboutCheck = paragraphs(
  'Looks for everything that is wrong with a bundle, and writes nothing.',
  'Errors: something is lost, because a line or a payload cannot be read, or events contradict each other. Warnings: numbers of events that do not rise by one, and payload files that no event names. Notes: what still waited when the recording ended.',
  'The exit code is 0 where there are no errors and no warnings, else 3; it is 1 where nothing could be read.',
  MANY,
);

export const aboutTail = paragraphs(
  'Shows a session while Codex still records it; begin before it or in the middle of it. Given the folder that CODEX_ROLLOUT_TRACE_ROOT names, it shows the newest session, and the next one as soon as that begins.',
  'On a terminal: the agents as a tree, each with its turn, what it is doing, its tokens (input, the cached part of it, output) and what failed, in a picture that changes in place. In a pipe: one line for each thing that happens. With --json: one object a line for each change, with every row that changed; laid over each other they give the same graph as reduce.',
  'A bundle is followed to the end of its recording, a folder until Ctrl-C. A process that was killed records no end: with --idle 600 a recording has ended when nothing came for ten minutes, without it tail goes on waiting.',
  'In the end the exit code is 0, or 3 where a session that was shown has problems. Nothing is written to the bundle.',
);

const IDS =
  'An id may be cut short where no other object begins like it, and an agent is also known by its path, such as /root/helper. Where several objects are meant they are listed; a table in front, as in tool_calls/call_1, says which one. Where none is, the nearest ids are suggested. What waited in vain, such as a message that never arrived, is known by its id though the graph has no such object.';
const ANSWERED =
  'A bundle with problems still gives an answer: the problems are listed on stderr, and the exit code is 3. It is 1 where there is no such object.';

export const aboutShow = paragraphs(
  'Shows a session at a glance: its agents as a tree, each with its turns, calls, tokens and failures; then everything that failed, never ended or was never resolved, and the compactions. With an id: one object, with its texts, its fields and its links. Of a payload it shows the file, of a tool call what went in and what came back. event:41 is the event with that seq: its line of trace.jsonl, the payloads that it names, and what it is evidence of.',
  'Tokens are those that the provider reported, each call to the model counted once, for the agent that made it. Requests of compactions do not say what they took.',
  IDS,
  ANSWERED,
);

export const aboutTranscript = paragraphs(
  'Prints what the model saw, in order, and who made each item: the model itself, a tool, a command, a code cell, another agent, or a compaction. A line marks where a compaction replaced the history. With --call: exactly what one request sent, the omitted prefix of an incremental request included, and the response.',
  'Each item shows the first lines of its text; with --brief one line, with --full everything.',
  IDS,
  ANSWERED,
);

export const aboutExplain = paragraphs(
  'Tells the story of one object: the chain of what made it necessary, back to the root agent; what else led to it; what came of it; what of it was never resolved; and the events and payloads that prove it. It answers which request produced a tool call, which cell issued a nested call, where an output came from, which command opened or reused a terminal, and who spawned, messaged or closed an agent.',
  'An event is known by its seq in trace.jsonl, a payload by its id: rollout-trace show prints both, the event 41 as event:41.',
  IDS,
  ANSWERED,
);

export const aboutView = paragraphs(
  'Shows a bundle in a browser: what each agent did and when, what the model saw, and the evidence behind everything. A session that still runs is followed. Of a folder of bundles it shows the one that began last, and it may be started before there is any.',
  'The page comes from this machine and is for it alone: its address holds a token, without which nothing of the bundle is told. It is there until Ctrl-C. Nothing is written to the bundle.',
  'With --out the page is written to a file, together with the whole recording, to be opened anywhere without a network. Do not give it away before you have read what is in it. Of a bundle with problems it is written all the same: they are listed on stderr, and the exit code is 3.',
  'With --redact the file leaves out what was said and done. What stays: ids that are one word, the words of the format (kinds, statuses, roles, keys), times, tokens, exit codes, names of models, of providers and of the tools of Codex, and the length of each text. Other texts, keys and numbers, names of agents, tools and servers, and paths are replaced, equal ones alike; so the graph keeps its shape.',
);
