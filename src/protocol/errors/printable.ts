/** The longest line that {@link printable} makes, in characters, unless another length is asked for. */
const longestLine = 1000;

// Control and format characters, unpaired surrogates, and Unicode's line ends could move the cursor, hide text or break a line.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

/** Text of 4 times the longest line is read, since runs of unprintable characters become one blank. */
const lookedAt = 4;

/**
 * A text from outside as one line that a terminal can print: a run of blanks and control characters becomes one blank. The
 * line has at most `longest` characters, and ends with `…` where something was left out. It holds no memory of a longer text,
 * nor of a text that the given one was cut from, and a longer text takes no more time.
 *
 * ```ts
 * console.log(printable('one line\nand another')); // one line and another
 * ```
 */
export function printable(text: string, longest: number = longestLine): string {
  const isLong = text.length > lookedAt * longest;
  const head = copyOf(isLong ? text.slice(0, lookedAt * longest) : text);
  const line = head.replaceAll(unprintable, ' ').trim();
  if (line.length <= longest && !isLong) return line;
  return `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

// V8 writes a joined text anew before it cuts it. So the result does not keep the text that it was cut from.
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
