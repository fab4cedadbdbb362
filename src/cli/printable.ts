// Control and format characters, and Unicode's own line ends: what could move the cursor, hide text or break a line.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

/** A text from outside as one line that a terminal only prints: runs of blanks and control characters become a blank. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, ' ').trim();
}
