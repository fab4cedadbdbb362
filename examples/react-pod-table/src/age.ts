const seconds = { s: 1, m: 60, h: 3600, d: 86_400, y: 365 * 86_400 };
type Unit = keyof typeof seconds;

/** Until which age, in seconds, there are which units: `HumanDuration` of k8s.io/apimachinery. */
const forms: readonly (readonly [number, Unit, Unit?])[] = [
  [2 * seconds.m, 's'],
  [10 * seconds.m, 'm', 's'],
  [3 * seconds.h, 'm'],
  [8 * seconds.h, 'h', 'm'],
  [48 * seconds.h, 'h'],
  [8 * seconds.d, 'd', 'h'],
  [2 * seconds.y, 'd'],
  [8 * seconds.y, 'y', 'd'],
  [Infinity, 'y'],
];

/** How long ago a time was, as `kubectl get` prints it: `5m30s`, `3h`, `2d4h`. */
export function ageOf(since: string | undefined, now: number): string {
  const age = Math.max(0, Math.floor((now - Date.parse(since ?? '')) / 1000));
  const form = forms.find(([limit]) => age < limit);
  if (form === undefined) return '–';
  const [, big, small] = form;
  const rest = small === undefined ? 0 : Math.floor((age % seconds[big]) / seconds[small]);
  return `${Math.floor(age / seconds[big])}${big}${rest === 0 ? '' : `${rest}${small}`}`;
}
