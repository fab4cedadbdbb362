/**
 * Returns a draw from 0 to 1. Lower and higher draws are cut to that, and NaN counts as 0: a delay of NaN would be no delay,
 * and requests would loop.
 */
export function chance(random: () => number): number {
  const drawn = random();
  return drawn > 0 ? Math.min(1, drawn) : 0;
}
