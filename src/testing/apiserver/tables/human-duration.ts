const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

function parts(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${restUnit}`;
}

/**
 * A time span in seconds as kubectl shows ages, `6m7s`: two units where the first number is small. Source of the limits:
 * apimachinery `util/duration/duration.go`.
 */
export function humanDuration(seconds: number): string {
  const span = Math.trunc(seconds);
  if (span < -1) return '<invalid>';
  if (span < 0) return '0s';
  if (span < 2 * minute) return `${span}s`;
  const minutes = Math.floor(span / minute);
  if (minutes < 10) return parts(minutes, 'm', span % minute, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(span / hour);
  if (hours < 8) return parts(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(span / day);
  if (hours < 192) return parts(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  const years = Math.floor(span / year);
  return days < 365 * 8 ? parts(years, 'y', days % 365, 'd') : `${years}y`;
}
