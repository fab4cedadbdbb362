/**
 * Prints errors that may come once for each object: the first error of each kind and index in full, and one line at the 10th,
 * 100th, 1000th and so on. A function that fails for one object often fails for all.
 */
export function printRarely(): (error: Error) => void {
  const counts = new Map<string, number>();
  return (error) => {
    const { index } = error as { readonly index?: unknown };
    const kind = `${error.name} ${String(index)}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count === 1) console.error(error);
    else if (Number.isInteger(Math.log10(count))) {
      console.error(`${count} errors of this kind so far; the last is ${error.name}: ${error.message}`);
    }
  };
}
