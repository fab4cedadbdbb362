/** Counts by name, added up, in the order of the names. */
export function merged(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const each of counts) for (const [name, count] of each) all.set(name, (all.get(name) ?? 0) + count);
  return new Map([...all].sort(([a], [b]) => a.localeCompare(b)));
}
