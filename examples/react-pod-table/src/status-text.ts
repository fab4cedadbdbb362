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
  const { phase, stale, synced, attempt, lastError, retryAt, progress } = status;
  if (phase === 'idle' || phase === 'stopped') return { tone: 'off', text: 'Not watching' };
  if (attempt > 0) {
    const left = retryAt === undefined ? 0 : Math.ceil((retryAt - now) / 1000);
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
  return synced && !stale ? { tone: 'good', text: 'Connected' } : { tone: 'busy', text: 'Connecting' };
}
