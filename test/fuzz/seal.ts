import { MANIFEST_FILE } from '../../src/model/files.js';
import { schemas } from '../../src/schemas/index.js';

/** Whether the recorder of a bundle vouches for its log, so that any gap in it is refused before all else. */
export const isSealed = (textOf: (file: string) => string | undefined): boolean => {
  const [, version] = /"schema_version"\s*:\s*(\d+)/.exec(textOf(MANIFEST_FILE) ?? '') ?? [];
  return schemas.some((schema) => String(schema.version) === version && schema.isSealed);
};

/** The lines of a log numbered as they stand, with what ends the recording at the end. */
export const resealed = (lines: readonly string[]): string[] => {
  const isClosing = (line: string) => CLOSING.test(line);
  const ordered = [...lines.filter((line) => !isClosing(line)), ...lines.filter(isClosing).slice(0, 1)];
  let seq = 0;
  return ordered.map((line) =>
    line.replace(SEQ, (_, key: string) => {
      seq += 1;
      return `${key}${seq}`;
    }),
  );
};

const CLOSING = /"type"\s*:\s*"recording_completed"/;
const SEQ = /("seq"\s*:\s*)[^,}]*/;
