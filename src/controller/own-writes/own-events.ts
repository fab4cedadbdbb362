import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { RecentMap } from '../../sharing/recent-map.ts';
import type { WriteNote } from '../writing/write-note.ts';

/** How many answers are remembered. An event that comes after this many later writes wakes its key. */
const most = 10_000;

/**
 * Tells which events are nothing but an own write. An event is, if its version is one of our answers for that object, and if what
 * the store held before it is the version on which that write was conditioned: then nothing foreign lies between, not even
 * across a relist. Writes without such a condition, such as an apply, never qualify, nor do additions and deletions.
 */
export class OwnEvents {
  private readonly answers = new RecentMap<string>(most);

  /** Remembers the answer of a write that had a condition. */
  note(note: WriteNote): void {
    if (note.type !== 'written' || note.condition === undefined || note.isPart) return;
    const { uid, resourceVersion } = note.object.metadata;
    if (uid && resourceVersion) this.answers.set(`${uid} ${resourceVersion}`, note.condition);
  }

  /** Whether an event is an own write and nothing else. */
  isOwn(event: InformerEvent<KubernetesObject>): boolean {
    if (event.type !== 'updated') return false;
    const { uid = '', resourceVersion = '' } = event.object.metadata;
    const condition = this.answers.get(`${uid} ${resourceVersion}`);
    return condition !== undefined && condition === event.oldObject.metadata.resourceVersion;
  }
}
