import { vi } from 'vitest';

/** How long a condition may take to hold, in milliseconds: a busy machine stands still for seconds. */
const patience = 20_000;

/**
 * Waits for a condition of the real world, such as a socket that closes: until it throws no more. Rejects with its last
 * error. What it returns, or resolves with, is handed on.
 */
export const eventually = <T>(condition: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(condition, { timeout: patience, interval: 5 });
