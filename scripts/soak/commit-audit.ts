import {
  type Commit,
  compareResourceVersions,
  type InformerEvent,
  type KubernetesObject,
  metaNamespaceKey,
} from 'kuberx';

/** The facts about one object of one uid. */
interface Life {
  resourceVersion: string;
  present: boolean;
  additions: number;
  deletions: number;
}

/** Which promises do not hold for a store. */
export interface CommitAuditOptions {
  /** Objects may go and come back under the same uid: they leave a selector. */
  readonly returns: boolean;
}

/**
 * Replays the commits of a store and checks them: no object is added twice, no unknown object is updated or deleted, no
 * object and no snapshot goes back in time, and the events lead to the state of the snapshot.
 */
export class CommitAudit {
  readonly #options: CommitAuditOptions;
  readonly #held = new Map<string, KubernetesObject>();
  readonly #lives = new Map<string, Life>();

  constructor(options: CommitAuditOptions) {
    this.#options = options;
  }

  /** The fault of the next commit, in words. */
  check({ previous, snapshot, events }: Commit<KubernetesObject>): string[] {
    const wrong = events.flatMap((event) => {
      const fault = this.#replay(event);
      return fault === undefined ? [] : [`${event.type} ${metaNamespaceKey(event.object)}: ${fault}`];
    });
    const [before, after] = [previous.resourceVersion, snapshot.resourceVersion];
    if (before !== undefined && after !== undefined && (compareResourceVersions(after, before) ?? 1) < 0) {
      wrong.push(`the version of the snapshot went from ${before} back to ${after}`);
    }
    if (this.#held.size !== snapshot.size) {
      wrong.push(`events lead to ${this.#held.size} objects, the snapshot holds ${snapshot.size}`);
    }
    // One event concerns one key; the result of a list is compared as a whole.
    const keys = events.length === 1 ? events.map(({ object }) => metaNamespaceKey(object)) : this.#held.keys();
    for (const key of events.length === 0 ? [] : keys) {
      if (snapshot.getByKey(key) !== this.#held.get(key)) wrong.push(`${key} is not what the events lead to`);
    }
    return wrong;
  }

  /**
   * The faults after everything has arrived: each uid that was seen and is gone was deleted exactly as often as it was
   * added. Forgets the uids that are gone.
   */
  settle(uids: ReadonlySet<string>): string[] {
    const wrong: string[] = [];
    for (const [uid, { additions, deletions }] of this.#lives) {
      const expected = uids.has(uid) ? additions - 1 : additions;
      if (deletions !== expected) wrong.push(`uid ${uid}: ${additions} additions and ${deletions} deletions`);
      if (!uids.has(uid)) this.#lives.delete(uid);
    }
    return wrong;
  }

  #replay(event: InformerEvent<KubernetesObject>): string | undefined {
    const { object } = event;
    const { uid = '', resourceVersion = '' } = object.metadata;
    const key = metaNamespaceKey(object);
    const held = this.#held.get(key);
    const life = this.#lives.get(uid) ?? { resourceVersion: '', present: false, additions: 0, deletions: 0 };
    const order = life.resourceVersion === '' ? 1 : compareResourceVersions(resourceVersion, life.resourceVersion);
    const wasPresent = life.present;
    this.#lives.set(uid, life);
    life.resourceVersion = resourceVersion;
    life.present = event.type !== 'deleted';
    if (event.type === 'deleted') this.#held.delete(key);
    else this.#held.set(key, object);
    if (order === undefined || order < 0) return `version ${resourceVersion} comes after a later one`;
    switch (event.type) {
      case 'added':
        life.additions += 1;
        if (held !== undefined) return 'it was known';
        if (life.deletions > 0 && !this.#options.returns) return `the uid ${uid} had been deleted`;
        return undefined;
      case 'updated':
        if (held !== event.oldObject) return held === undefined ? 'it was not known' : 'the old object is another one';
        if (held.metadata.uid !== uid) return 'the old object has another uid';
        return order === 0 ? `version ${resourceVersion} was there already` : undefined;
      case 'deleted':
        life.deletions += 1;
        return held === undefined || !wasPresent ? 'it was not known' : undefined;
    }
  }
}
