/** The units of time progressions in marble diagrams, in milliseconds. */
const units = [
  ['m', 60_000],
  ['s', 1000],
] as const;

/** Writes whole milliseconds as the time progression of a marble diagram: `1m 30s 5ms`. */
export function marbleDuration(milliseconds: number): string {
  let left = milliseconds;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * size;
  }
  if (left > 0) parts.push(`${left}ms`);
  return parts.join(' ');
}
