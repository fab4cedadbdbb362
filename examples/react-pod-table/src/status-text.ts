import type { KubeConnection, KubeStatus } from 'kuberx/react';

/** Where the page stands, in words and in the tone of a dot. */
export function statusText(
  { state, since, retryAt }: Pick<KubeConnection, 'state' | 'since' | 'retryAt'>,
  { progress, attempt, lastError }: Pick<KubeStatus, 'progress' | 'attempt' | 'lastError'>,
  now: number,
): readonly ['good' | 'busy' | 'bad', string] {
  if (state === 'live') return ['good', 'live'];
  const { received = 0, remaining } = progress ?? {};
  const all = remaining === undefined ? '' : ` of ${(received + remaining).toLocaleString('en')}`;
  if (state === 'catching up')
    return ['busy', received === 0 ? 'loading' : `loading ${received.toLocaleString('en')}${all}`];
  const retry = retryAt === undefined ? '' : `, asks again in ${Math.max(0, Math.ceil((retryAt - now) / 1000))} s`;
  const why = attempt > 0 ? `: ${lastError?.message}` : '';
  return ['bad', `${state} since ${new Date(since).toLocaleTimeString()}${retry}${why}`];
}
