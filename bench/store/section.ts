/** One table of the benchmark, with the bounds that its rows are held to. */
export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly verdicts: readonly string[];
}

/** `10x bound: ok`, or `MISSED`, with what was measured. */
export function verdict(what: string, ratio: number, bound: number): string {
  return `${what}: ${ratio.toFixed(1)}x, ${bound}x bound: ${ratio <= bound ? 'ok' : 'MISSED'}`;
}

/** A ratio as a table shows it. */
export function times(ratio: number): string {
  return `${ratio.toFixed(1)}x`;
}
