/** Chance from 0 to 1 that its seed decides: xorshift32. Source: Marsaglia, "Xorshift RNGs", 2003. */
export function seededRandom(seed: number): () => number {
  // Zero is the one state that it never leaves; neighbouring seeds are spread apart.
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  return () => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state / 2 ** 32;
  };
}

/** A whole number from `from` to `to`, both included. */
export function wholeNumber(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

/** One of the values; there has to be one. */
export function oneOf<V>(random: () => number, values: readonly V[]): V {
  return values[Math.floor(random() * values.length)]!;
}
