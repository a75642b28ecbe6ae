import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { SchemaVersion } from '../../src/model/schema-version.js';

/** Versions of Codex that record, as `conformance/package.json` pins them. */
export const codexVersions = ['0.128.0', '0.160.0', '0.169.0'] as const;
export type CodexVersion = (typeof codexVersions)[number];

/** The version whose graph is the one that we print. 0.128.0 prints an older form of schema 1. */
export const reducers: Readonly<Record<SchemaVersion, CodexVersion>> = { 1: '0.160.0', 2: '0.169.0' };

export type Binaries = Readonly<Record<CodexVersion, string>>;

/** Paths of all binaries. Throws where one is not installed, and says how to install it. */
export const installedBinaries = (): Binaries => ({
  '0.128.0': binaryOf('0.128.0'),
  '0.160.0': binaryOf('0.160.0'),
  '0.169.0': binaryOf('0.169.0'),
});

const binaryOf = (version: CodexVersion): string => {
  const installed = path.join(import.meta.dirname, '..', 'node_modules', `codex-${version}`);
  const file = path.join(installed, 'package.json');
  if (!existsSync(file)) throw new Error(`Codex ${version} is not installed: npm ci --prefix conformance`);
  return binaryBelow(platformFolder(file, version));
};

/** npm puts the package of the platform beside its owner, or below it. */
const platformFolder = (owner: string, version: CodexVersion): string => {
  const name = `@openai/codex-${process.platform}-${process.arch}`;
  try {
    const file = createRequire(owner).resolve(`${name}/package.json`);
    const { version: found } = JSON.parse(readFileSync(file, 'utf8'));
    if (!String(found).startsWith(`${version}-`)) throw new Error(`${name} is ${found}`);
    return path.dirname(file);
  } catch (error) {
    throw new Error(`Codex ${version} has no binary for ${process.platform} ${process.arch} here`, {
      cause: error,
    });
  }
};

const PROGRAM = process.platform === 'win32' ? 'codex.exe' : 'codex';

/** `vendor/<platform>/bin/codex`; in 0.128.0 `vendor/<platform>/codex/codex`. */
const binaryBelow = (folder: string): string => {
  const vendor = path.join(folder, 'vendor');
  const found = readdirSync(vendor)
    .flatMap((platform) => ['bin', 'codex'].map((place) => path.join(vendor, platform, place, PROGRAM)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`no ${PROGRAM} below ${vendor}`);
  return found;
};
