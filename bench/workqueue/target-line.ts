/** A ratio beside what it is to be at most. */
export function targetLine(what: string, ratio: number, atMost: number): string {
  return `- ${what}: ${ratio.toFixed(2)}x, at most ${atMost}x: ${ratio <= atMost ? 'ok' : 'MISSED'}`;
}
