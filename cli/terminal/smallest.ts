/** The `count` smallest texts in order, in one pass over however many there are. */
export function smallest(texts: Iterable<string>, count: number): string[] {
  if (count <= 0) return [];
  let kept: string[] = [];
  let bound: string | undefined;
  const cut = (): void => {
    kept = kept.sort().slice(0, count);
    bound = kept.length < count ? undefined : kept.at(-1);
  };
  for (const text of texts) {
    if (bound !== undefined && text >= bound) continue;
    kept.push(text);
    // Sorting once for every `count` texts keeps the pass linear.
    if (kept.length >= 2 * count) cut();
  }
  cut();
  return kept;
}
