/** What stands in a redacted recording for what was taken out. */
export const STAND_IN = /\[text \d+: \d+ characters\]|\b(?:name|key|id)_\d+\b|\[redacted/;

/** JSON that a text shows, with any numbers. */
const shown = (text: string): string => text.replace(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, '#');

/**
 * Where two values differ in more than texts: a text may be another one where it holds what stands for something,
 * a key where it stands for one. Gives the paths.
 */
export const differences = (whole: unknown, redacted: unknown, path = ''): readonly string[] => {
  if (Object.is(whole, redacted)) return [];
  if (typeof whole === 'string' && typeof redacted === 'string') {
    const isSame =
      STAND_IN.test(redacted) || path.endsWith('.content_sha256') || shown(whole) === shown(redacted);
    return isSame ? [] : [`${path}: ${whole} became ${redacted}`];
  }
  if (typeof whole !== 'object' || typeof redacted !== 'object' || whole === null || redacted === null) {
    return [`${path}: ${String(whole)} became ${String(redacted)}`];
  }
  const [before, after] = [Object.entries(whole), Object.entries(redacted)];
  if (before.length !== after.length) return [`${path}: ${before.length} members became ${after.length}`];
  return before.flatMap(([key, member], index) => {
    const [newKey, newMember] = after[index] ?? ['', undefined];
    if (key !== newKey && !STAND_IN.test(newKey)) return [`${path}: ${key} became ${newKey}`];
    return differences(member, newMember, `${path}.${key}`);
  });
};
