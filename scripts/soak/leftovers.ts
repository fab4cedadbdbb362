import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * The holdings of a process at one moment: the handles that keep it alive, by kind, and its heap after a collection, in
 * bytes.
 */
export interface Holdings {
  readonly resources: ReadonlyMap<string, number>;
  readonly heap: number;
}

/** Collects garbage and looks. */
export async function holdings(): Promise<Holdings> {
  const gc = collector();
  // Objects that finalizers and closing sockets release are garbage only a turn later.
  for (let round = 0; round < 3; round += 1) {
    gc();
    await pause(20);
  }
  gc();
  return { resources: activeResources(), heap: process.memoryUsage().heapUsed };
}

/** Sockets, servers and timers over the baseline, in words; empty where everything has ended within `bound` milliseconds. */
export async function leftovers(baseline: Holdings, bound: number): Promise<string[]> {
  const end = performance.now() + bound;
  for (;;) {
    const left = [...activeResources()].flatMap(([kind, count]) => {
      const over = count - (baseline.resources.get(kind) ?? 0);
      return over > 0 ? [`${over} ${kind} over the baseline`] : [];
    });
    if (left.length === 0 || performance.now() > end) return left;
    await pause(50);
  }
}

function activeResources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
