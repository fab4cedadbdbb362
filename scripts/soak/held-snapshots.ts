import { createHash } from 'node:crypto';
import type { KubernetesObject, Snapshot } from 'kuberx';

const most = 4;

/** A slow reader: it keeps some old snapshots, with copies of their first content. */
export class HeldSnapshots {
  readonly #every: number;
  readonly #held: { readonly snapshot: Snapshot<KubernetesObject>; readonly print: string }[] = [];
  #seen = 0;

  /** `every`: the number of snapshots that pass for each that it keeps. */
  constructor(every: number) {
    this.#every = every;
  }

  offer(snapshot: Snapshot<KubernetesObject>): void {
    this.#seen += 1;
    if (this.#seen % this.#every === 0 && this.#held.length < most) {
      this.#held.push({ snapshot, print: fingerprint(snapshot) });
    }
  }

  /** The faults of the held snapshots. Drops the older half. */
  check(): string[] {
    const changed = this.#held.filter(({ snapshot, print }) => fingerprint(snapshot) !== print);
    this.#held.splice(0, most / 2);
    return changed.map(({ snapshot }) => `the snapshot of revision ${snapshot.revision} has changed`);
  }
}

/** A digest of all that a snapshot says. */
export function fingerprint(snapshot: Snapshot<KubernetesObject>): string {
  const hash = createHash('sha256').update(`${snapshot.revision} ${snapshot.resourceVersion ?? ''} ${snapshot.size}`);
  for (const key of snapshot.keys().sort()) hash.update(key).update(JSON.stringify(snapshot.getByKey(key)));
  return hash.update(String(snapshot.list().length)).digest('base64');
}
