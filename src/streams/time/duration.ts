/**
 * Converts seconds to milliseconds, the unit of every period here.
 *
 * ```ts
 * interval(seconds(90)).subscribe((count) => console.log(count));
 * ```
 */
export function seconds(count: number): number {
  return count * 1000;
}

/**
 * Converts minutes to milliseconds.
 *
 * ```ts
 * await firstValueFrom(timer(minutes(1)));
 * ```
 */
export function minutes(count: number): number {
  return count * 60_000;
}

/**
 * Converts hours to milliseconds.
 *
 * ```ts
 * interval(hours(24)).subscribe((day) => console.log(day));
 * ```
 */
export function hours(count: number): number {
  return count * 3_600_000;
}
