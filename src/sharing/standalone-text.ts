/**
 * A copy of a text that holds no other text. V8 holds a long text for as long as a part that was cut from it, and the
 * pieces for as long as what was joined from them.
 */
export function standaloneText(text: string): string {
  // V8 writes a joined text anew before it cuts it.
  return ` ${text}`.slice(1);
}
