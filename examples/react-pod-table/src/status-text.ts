import type { InformerStatus } from 'kuberx';

/** A status in words for a person. */
export interface StatusText {
  readonly tone: 'good' | 'busy' | 'bad' | 'off';
  readonly text: string;
  /** Seconds until the next request, while it is waited for. */
  readonly retryIn?: number;
  /** The failure, if there is one. */
  readonly reason?: string;
}

/** Puts the status of an informer into words. */
export function statusText(status: InformerStatus, now: number): StatusText {
  const { phase, stale, synced, attempt, lastError, retryAt, progress, updates } = status;
  if (phase === 'idle' || phase === 'stopped') return { tone: 'off', text: 'Not watching' };
  const left = retryAt === undefined ? 0 : Math.ceil((retryAt - now) / 1000);
  if (attempt > 0) {
    return {
      tone: 'bad',
      text: 'Retrying',
      ...(left > 0 && { retryIn: left }),
      ...(lastError && { reason: lastError.message }),
    };
  }
  if (!synced && progress !== undefined && progress.received > 0) {
    const { received, remaining } = progress;
    const total = remaining === undefined ? '' : ` of ${(received + remaining).toLocaleString('en')}`;
    return { tone: 'busy', text: `Loading ${received.toLocaleString('en')}${total}` };
  }
  if (!synced || stale) return { tone: 'busy', text: 'Connecting' };
  // Such a state is as old as the last list, which nobody should take for a watch.
  if (updates === 'polled')
    return { tone: 'good', text: 'Polled', ...(left > 0 && { text: 'Polled, again', retryIn: left }) };
  return { tone: 'good', text: updates === 'unversioned' ? 'Connected, without versions' : 'Connected' };
}
