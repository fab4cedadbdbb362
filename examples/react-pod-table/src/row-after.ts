/** The index of the row to which a key leads from the one at `index`, which is -1 for none; `undefined` for other keys. */
export function rowAfter(key: string, index: number, count: number, page: number): number | undefined {
  const steps = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -count, End: count };
  if (!Object.hasOwn(steps, key) || count === 0) return undefined;
  const to = index + steps[key as keyof typeof steps];
  return Math.min(Math.max(to, 0), count - 1);
}
