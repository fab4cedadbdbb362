/** So many seconds, in the milliseconds that every period here is counted in. */
export function seconds(count: number): number {
  return count * 1000;
}

/** So many minutes, in milliseconds. */
export function minutes(count: number): number {
  return count * 60_000;
}

/** So many hours, in milliseconds. */
export function hours(count: number): number {
  return count * 3_600_000;
}
