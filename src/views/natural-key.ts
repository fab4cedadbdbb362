/** Digits of a number up to this one are compared as a number: 16 digits hold each safe integer. */
const width = 16;

/**
 * The key by which texts are in natural order: each run of digits is padded by zeros, so that `web-9` is before `web-10`.
 * Runs of more than 16 digits are compared as text, leading zeros do not count. Case counts, and no locale does.
 */
export function naturalKey(text: string): string {
  return text.replace(/\d+/g, (digits) => digits.padStart(width, '0'));
}
