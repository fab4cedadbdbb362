import { type Commit, type KubernetesObject, metaNamespaceKey } from 'kuberx';
import type { Health } from './health.ts';
import { rowOf } from './row.ts';

/** How many objects have a status. */
export interface StatusCount {
  readonly status: string;
  readonly health: Health | undefined;
  readonly count: number;
}

/** How many objects of a store have which status, kept up to date change by change. */
export class StatusCounts {
  readonly #counts = new Map<string, StatusCount>();

  /** Takes the next commit of the store. */
  apply({ previous, events }: Commit<KubernetesObject>): void {
    for (const event of events) {
      const { type, object } = event;
      if (type === 'updated') this.#count(event.oldObject, -1);
      // The server's last word on a deleted object may have another status than the one that was counted.
      if (type === 'deleted') this.#count(previous.getByKey(metaNamespaceKey(object)) ?? object, -1);
      else this.#count(object, 1);
    }
  }

  /** The counts, failing ones first, then the largest; objects without a status are left out. */
  entries(): StatusCount[] {
    const known = [...this.#counts.values()].filter(({ status }) => status !== '-');
    return known.sort(
      (a, b) =>
        Number(b.health === 'failing') - Number(a.health === 'failing') ||
        b.count - a.count ||
        a.status.localeCompare(b.status),
    );
  }

  #count(object: KubernetesObject, by: number): void {
    const { status, health } = rowOf(object);
    const count = (this.#counts.get(status)?.count ?? 0) + by;
    // Statuses are without number, such as exit codes: those that are over are forgotten.
    if (count === 0) this.#counts.delete(status);
    else this.#counts.set(status, { status, health, count });
  }
}
