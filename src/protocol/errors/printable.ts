/** The longest line that {@link printable} makes, in characters, unless another length is asked for. */
const longestLine = 1000;

// Control and format characters, half characters, and Unicode's own line ends: what could move the cursor, hide text or
// break a line.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

/** So much more than the longest line is looked at: runs of what is not printed become one blank. */
const lookedAt = 4;

/**
 * A text from outside as one line that a terminal only prints: runs of blanks and control characters become a blank. It has
 * at most `longest` characters, the last of which is `…` where something was left out. It keeps nothing of a longer text, nor
 * of one that the given text was cut out of, and takes no longer for it.
 */
export function printable(text: string, longest: number = longestLine): string {
  const isLong = text.length > lookedAt * longest;
  const head = copyOf(isLong ? text.slice(0, lookedAt * longest) : text);
  const line = head.replaceAll(unprintable, ' ').trim();
  if (line.length <= longest && !isLong) return line;
  return `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

// Joined first, and then cut: V8 writes what is joined anew before it cuts, so that nothing keeps the text it comes from.
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
