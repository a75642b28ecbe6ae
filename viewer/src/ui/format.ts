/** `1.2k`, `3.4M`: a number that is read at a glance. */
export const compactCount = (count: number): string => {
  if (count < 1000) return String(count);
  if (count < 999_950) return `${trimmed(count / 1000)}k`;
  return `${trimmed(count / 1_000_000)}M`;
};

/** `90,563,800`: a number that is read to its last digit. */
export const wholeCount = (count: number): string => count.toLocaleString('en-US');

const trimmed = (value: number): string =>
  value < 100 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));

/** `850 ms`, `12.3 s`, `4 min 05 s`, `2 h 03 min`. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${trimmed(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

/** `14:03:22.120`, in the time of the reader. */
export const clock = (time: number | null): string => {
  if (time === null) return '–';
  const date = new Date(time);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

export const words = (name: string): string => name.replaceAll('_', ' ');

/** One row of a table: `codex_turns` is a `codex turn`. */
export const kindWords = (table: string): string => words(table).replace(/s$/, '');

export const byteCount = (count: number): string => {
  if (count < 1024) return `${count} B`;
  if (count < 1024 * 1024) return `${trimmed(count / 1024)} KiB`;
  return `${trimmed(count / 1024 / 1024)} MiB`;
};

/** `1 event`, `2 events`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
