/**
 * The other half of `OrphanGuard`: reads `+pid` and `-pid` lines, and when they end, kills the pids that are left and
 * removes the directory it was given.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';

// Whoever ends the guarded process ends it alone; the guard must outlive it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const pids = new Set<number>();
for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) pids.add(pid);
  else pids.delete(pid);
}
for (const pid of pids) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
const directory = process.argv[2];
// Dying processes may still write: the removal is tried again for some seconds.
if (directory !== undefined) await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
