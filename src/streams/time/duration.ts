/**
 * Converts seconds to milliseconds, the unit of every period here.
 *
 * ```ts
 * reflector(podListerWatcher, { resyncPeriod: seconds(90) }).subscribe((event) => console.log(event.type));
 * ```
 */
export function seconds(count: number): number {
  return count * 1000;
}

/**
 * Converts minutes to milliseconds.
 *
 * ```ts
 * await pods.waitFor('default/web-0', isReady, { timeout: minutes(1) });
 * ```
 */
export function minutes(count: number): number {
  return count * 60_000;
}

/**
 * Converts hours to milliseconds.
 *
 * ```ts
 * reflector(podListerWatcher, { resyncPeriod: hours(24) }).subscribe((event) => console.log(event.type));
 * ```
 */
export function hours(count: number): number {
  return count * 3_600_000;
}
