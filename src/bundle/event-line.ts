import type { LinePosition } from './read-line.js';

/**
 * A line of a log that is still text. A stream of events may hold such lines in their place: then lines that are
 * blank, torn or no event count as they do in a log on disk.
 */
export class EventLine {
  /** Without its line break; undefined where the bytes are not UTF-8. */
  readonly text: string | undefined;
  readonly position: LinePosition;

  constructor(text: string | undefined, position: LinePosition) {
    this.text = text;
    this.position = position;
  }
}
