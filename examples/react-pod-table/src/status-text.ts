import type { Kube } from 'kuberx/react';

/** Where the pods stand, in words and in the tone of a dot. */
export function statusText(status: Kube<unknown>['status'], now: number): readonly ['good' | 'busy' | 'bad', string] {
  const { attempt, synced, stale, progress, retryAt = now, lastError } = status;
  if (attempt > 0)
    return ['bad', `Retrying in ${Math.max(0, Math.ceil((retryAt - now) / 1000))} s: ${lastError?.message}`];
  if (synced) return stale ? ['busy', 'Connecting'] : ['good', 'Connected'];
  const { received = 0, remaining } = progress ?? {};
  const all = remaining === undefined ? '' : ` of ${(received + remaining).toLocaleString('en')}`;
  return ['busy', received === 0 ? 'Connecting' : `Loading ${received.toLocaleString('en')}${all}`];
}
