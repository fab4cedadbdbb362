import type { Backoff } from '../streams/time/backoff.ts';

/** 800 ms doubling to 30 s, up to +100%. Source: client-go tools/cache/reflector.go, NewReflectorWithOptions. */
export const reflectorBackoff: Backoff = { initial: 800, max: 30_000, factor: 2, jitter: 1 };

/**
 * Between requests to a host that does not answer: 1 s growing by a quarter to 3.9 s, up to +10%, which is 19 requests a minute
 * at most. It grows no further, since a refused connection is cheap and a cache is stale for as long as it waits.
 */
export const hostBackoff: Backoff = { initial: 1000, max: 3900, factor: 1.25, jitter: 0.1 };
