/**
 * Returns chance that its seed decides: numbers from 0 up to 1, the same for the same seed. For every option `random`. Xorshift32;
 * source: Marsaglia, "Xorshift RNGs", 2003. Not for secrets.
 *
 * Throws a RangeError where the seed is not a whole number.
 *
 * ```ts
 * const random = seededRandom(7);
 * const dice = [random(), random()].map((chance) => 1 + Math.floor(6 * chance));
 * ```
 */
export function seededRandom(seed: number): () => number {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`invalid seed ${String(seed)}: it has to be a whole number`);
  // Zero is the one state that it never leaves; neighbouring seeds are spread apart.
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  return () => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state / 2 ** 32;
  };
}
