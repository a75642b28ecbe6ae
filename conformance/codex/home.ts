import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printToml, type TomlTable } from './toml.js';

/** Folders of one run of Codex, which nobody else uses. */
export interface Home {
  readonly codex: string;
  /** The folder that Codex works in. */
  readonly project: string;
  /** Where it leaves its bundles. */
  readonly traces: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Nothing of the folders is left. */
  remove(): void;
}

/** Makes the folders of one run, with a project of two files. */
export const makeHome = (): Home => {
  const root = mkdtempSync(path.join(tmpdir(), 'rollout-trace-codex-'));
  const folder = (name: string): string => {
    const made = path.join(root, name);
    mkdirSync(made);
    return made;
  };
  const [codex, project, traces] = [folder('home'), folder('project'), folder('traces')];
  writeFileSync(path.join(project, 'colours.txt'), 'red\ngreen\n');
  writeFileSync(path.join(project, 'notes.md'), '# Notes\n');
  return {
    codex,
    project,
    traces,
    environment: {
      PATH: process.env['PATH'] ?? '',
      HOME: codex,
      CODEX_HOME: codex,
      CODEX_ROLLOUT_TRACE_ROOT: traces,
      // Codex refuses to work from a home in the folder of temporary files.
      TMPDIR: folder('tmp'),
      LANG: 'C.UTF-8',
      TERM: 'dumb',
      SHELL: '/bin/sh',
      // Nothing leaves this machine: only the mock on the loopback interface can be reached.
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      NO_PROXY: '127.0.0.1',
    },
    // What was killed may still write for a while on a busy machine.
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 40, retryDelay: 50 }),
  };
};

const NOWHERE = 'http://127.0.0.1:9';

/** What a scenario needs of Codex beyond a model. */
export interface Settings {
  readonly features?: TomlTable;
  readonly provider?: TomlTable;
  /** Further settings and tables, by their names. */
  readonly others?: TomlTable;
}

/** Features that call servers or make requests long, and that no scenario is about. */
const QUIET = [
  'apps',
  'enable_request_compression',
  'goals',
  'image_generation',
  'multi_agent',
  'plugins',
  'shell_snapshot',
  'tool_suggest',
];

/** Writes `config.toml`: a model behind a port of the loopback interface. */
export const configure = (home: Home, port: number, { features, provider, others }: Settings): void => {
  const instructions = path.join(home.codex, 'instructions.md');
  writeFileSync(instructions, 'You follow a script.\n');
  const settings: TomlTable = {
    model: 'gpt-5.5',
    model_provider: 'mock',
    model_instructions_file: instructions,
    include_permissions_instructions: false,
    include_apps_instructions: false,
    include_collaboration_mode_instructions: false,
    web_search: 'disabled',
    check_for_update_on_startup: false,
    project_doc_max_bytes: 0,
    analytics: { enabled: false },
    skills: { include_instructions: false, bundled: { enabled: false } },
    features: { ...Object.fromEntries(QUIET.map((name) => [name, false])), ...features },
    model_providers: {
      mock: {
        name: 'mock',
        base_url: `http://127.0.0.1:${port}/v1`,
        wire_api: 'responses',
        requires_openai_auth: false,
        request_max_retries: 1,
        stream_max_retries: 1,
        supports_websockets: false,
        ...provider,
      },
    },
    projects: { [home.project]: { trust_level: 'trusted' } },
    ...others,
  };
  writeFileSync(path.join(home.codex, 'config.toml'), printToml(settings));
};
