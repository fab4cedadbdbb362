import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/object-key.ts';
import type { Commit } from '../store/reduce-snapshot.ts';
import { rowOf } from './row.ts';

/** How many objects of a store are in which phase, kept up to date change by change. */
export class PhaseCounts {
  readonly #counts = new Map<string, number>();

  /** Takes the next commit of the store. */
  apply({ previous, events }: Commit<KubernetesObject>): void {
    for (const event of events) {
      const { type, object } = event;
      if (type === 'updated') this.#count(event.oldObject, -1);
      // The server's last word on a deleted object may be in another phase than the one that was counted.
      if (type === 'deleted') this.#count(previous.getByKey(metaNamespaceKey(object)) ?? object, -1);
      else this.#count(object, 1);
    }
  }

  /** Phases and their counts, the largest first; objects without a phase are left out. */
  entries(): [phase: string, count: number][] {
    const known = [...this.#counts].filter(([phase, count]) => phase !== '-' && count > 0);
    return known.sort(([a, many], [b, few]) => few - many || a.localeCompare(b));
  }

  #count(object: KubernetesObject, by: number): void {
    const { phase } = rowOf(object);
    this.#counts.set(phase, (this.#counts.get(phase) ?? 0) + by);
  }
}
