import Table from 'cli-table3';

/** One table of the benchmark, with the bounds of its rows. */
export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly verdicts: readonly string[];
}

/** `10x bound: ok`, or `MISSED`, with the measured value. */
export function verdict(what: string, ratio: number, bound: number): string {
  return `${what}: ${ratio.toFixed(1)}x, ${bound}x bound: ${ratio <= bound ? 'ok' : 'MISSED'}`;
}

/** A ratio as a table shows it. */
export function times(ratio: number): string {
  return `${ratio.toFixed(1)}x`;
}

/** Prints a table with its verdicts, or with `--json` on the command line one JSON line. */
export function print(section: Section): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(section));
    return;
  }
  const { title, columns, rows, verdicts } = section;
  const table = new Table({ head: [...columns], style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  console.log(`\n${title}\n${table.toString()}`);
  for (const line of verdicts) console.log(line);
}
