/**
 * A draw from 0 to 1. What is below or above is cut off, and what is not a number is 0: a delay made of it would otherwise be
 * none at all, and a loop of requests the consequence.
 */
export function chance(random: () => number): number {
  const drawn = random();
  return drawn > 0 ? Math.min(1, drawn) : 0;
}
