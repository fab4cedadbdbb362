const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago a time was, as `kubectl get` says it, in at most six characters: `45s`, `4m30s`, `47m`, `3h20m`, `5d4h`,
 * `2y18d`. `-` where there is no such time, `0s` where it is still to come (clocks differ).
 */
export function age(since: string | undefined, now: number): string {
  const time = since === undefined ? NaN : Date.parse(since);
  return Number.isNaN(time) ? '-' : duration(now - time);
}

/** Milliseconds in words, as in {@link age}. */
export function duration(milliseconds: number): string {
  const elapsed = Math.max(0, milliseconds);
  if (elapsed < 2 * minute) return `${Math.floor(elapsed / second)}s`;
  if (elapsed < 10 * minute) return parts(elapsed, minute, 'm', second, 's');
  if (elapsed < 3 * hour) return `${Math.floor(elapsed / minute)}m`;
  if (elapsed < 8 * hour) return parts(elapsed, hour, 'h', minute, 'm');
  if (elapsed < 2 * day) return `${Math.floor(elapsed / hour)}h`;
  if (elapsed < 8 * day) return parts(elapsed, day, 'd', hour, 'h');
  if (elapsed < 730 * day) return `${Math.floor(elapsed / day)}d`;
  return parts(elapsed, 365 * day, 'y', day, 'd');
}

function parts(elapsed: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((elapsed % big) / small);
  return `${Math.floor(elapsed / big)}${bigUnit}${rest === 0 ? '' : `${rest}${smallUnit}`}`;
}
