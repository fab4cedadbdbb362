import type { Observable } from 'rxjs';
import {
  catchError,
  EMPTY,
  filter,
  map,
  merge,
  mergeMap,
  of,
  type SchedulerLike,
  skip,
  Subject,
  Subscription,
  take,
  timer,
} from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey, splitMetaNamespaceKey } from '../../protocol/objects/object-key.ts';
import type { ObjectReference } from '../../protocol/resource-client.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import type { Hold } from '../../workqueue/may-start.ts';
import type { WriteNote } from '../writing/write-note.ts';
import {
  expectedDeleted,
  expectedWritten,
  type ExpectedWrite,
  isPassed,
  isUnseen,
  progressOf,
} from './expected-write.ts';
import { type Watched, watches } from './watched.ts';

/** What a key waits for before its next run, for reports. */
export interface BehindReason {
  readonly type: 'behind';
  /** The resource whose informer is behind: `v1/pods`. */
  readonly resource: string;
  /** The object that was written. */
  readonly object: string;
  /** The version that the informer has to reach. */
  readonly resourceVersion?: string | undefined;
  /** True where the answer to a write was lost, so that the server is asked first. */
  readonly isUnsure: boolean;
}

/** A key whose written object is gone unseen. */
export interface Vanished {
  readonly key: string;
  readonly resource: string;
}

interface Unseen {
  readonly key: string;
  readonly write: ExpectedWrite;
}

type Lost = Extract<WriteNote, { type: 'lost' }>;

/** What is known of the writes of one key. */
interface Writes {
  expected: ExpectedWrite[];
  lost: readonly Lost[];
}

/** Between two questions for an object whose write was lost, in milliseconds. */
const askAgain = 1000;

/** How many keys are looked at when something happens, so that passed writes of keys that never run again are forgotten. */
const enough = 16;

/**
 * Holds a key back while its sources are behind its own writes. A write is passed when the state of each informer that watches it is
 * complete up to its version, by events, bookmarks or lists; a deletion when the object is gone from such a state. It covers what an
 * overlay cannot: what a write did to other objects of the same watch.
 *
 * Where versions cannot be ordered nothing is held back, and `unordered` tells the resource.
 */
export class Barrier {
  /** Resources whose versions could not be ordered. */
  readonly unordered: Set<string> = new Set();
  private readonly informers: readonly Watched[];
  private readonly scheduler: SchedulerLike;
  /** Told what a lost write came to. */
  private readonly onFound: (note: WriteNote) => void;
  private readonly unseen$ = new Subject<Unseen>();
  private readonly writes = new Map<string, Writes>();
  private round: string[] = [];
  private turn = 0;
  private following = Subscription.EMPTY;

  constructor(informers: readonly Watched[], scheduler: SchedulerLike, onFound: (note: WriteNote) => void) {
    this.informers = informers;
    this.scheduler = scheduler;
    this.onFound = onFound;
  }

  /**
   * Keys whose written object is gone although no informer has shown that it went: somebody deleted it while a watch was broken. No
   * event will ever tell, so the key has to look again. The server is asked while this is subscribed to.
   */
  readonly vanished$: Observable<Vanished> = this.unseen$.pipe(mergeMap((unseen) => this.gone(unseen)));

  /** How many keys have writes that may not be passed. */
  get size(): number {
    return this.writes.size;
  }

  /** Remembers a write of a key. One that no informer watches is not waited for. */
  note(key: string, note: WriteNote): void {
    const known = this.writes.get(key) ?? { expected: [], lost: [] };
    if (note.type === 'lost') {
      const seenBy = this.informers.filter(({ resource }) => resource.split(' in ')[0] === note.resource);
      if (seenBy.length === 0) return;
      known.lost = [...known.lost, note];
    } else {
      const { resource, object } = note;
      const watching = this.informers.filter((informer) => watches(informer, resource, object));
      const isLeftOut = (informer: Watched): boolean =>
        note.type === 'written' && !note.isPart && informer.selects(object) === false;
      const seenBy = watching.filter((informer) => !isLeftOut(informer) || isKnown(informer, object, known.expected));
      const isSelected = !seenBy.some(isLeftOut);
      const write =
        note.type === 'written'
          ? expectedWritten(resource, object, seenBy, note.isPart || !isSelected ? undefined : note.read)
          : expectedDeleted(resource, object, seenBy, known.expected);
      for (const informer of seenBy) if (progressOf(write, informer) === 'unknown') this.unordered.add(resource);
      if (isPassed(write)) return;
      // The last write of an object says all.
      known.expected = [...known.expected.filter((each) => !isOutdatedBy(each, write)), write];
    }
    if (!this.writes.has(key)) this.round.push(key);
    this.writes.set(key, known);
    this.clearAway();
    if (this.following.closed) this.follow();
  }

  /** What holds a key back now. */
  hold(key: string): Hold | undefined {
    const writes = this.settled(key);
    if (writes === undefined) return undefined;
    const [lost] = writes.lost;
    if (lost !== undefined) return { reason: reasonOfLost(lost), passed$: this.found(key, writes) };
    const [behind] = writes.expected;
    if (behind === undefined) return undefined;
    const passed$ = merge(...behind.seenBy.map(({ store }) => store.snapshot$.pipe(skip(1)))).pipe(
      filter(() => isPassed(behind)),
      take(1),
    );
    const { resource, object, version: resourceVersion } = behind;
    return { reason: { type: 'behind', resource, object, resourceVersion, isUnsure: false }, passed$ };
  }

  /** The writes of a key that are not passed; forgets the others. */
  private settled(key: string): Writes | undefined {
    const writes = this.writes.get(key);
    if (writes === undefined) return undefined;
    const passed = writes.expected.filter(isPassed);
    if (passed.length > 0) writes.expected = writes.expected.filter((each) => !passed.includes(each));
    for (const each of passed) if (isUnseen(each)) this.unseen$.next({ key, write: each });
    if (writes.expected.length > 0 || writes.lost.length > 0) return writes;
    this.writes.delete(key);
    return undefined;
  }

  /** Asks the server what became of the lost writes of a key, until it has said so. */
  private found(key: string, writes: Writes): Observable<unknown> {
    return merge(
      ...writes.lost.map((lost) =>
        this.read(lost).pipe(
          mergeMap((note) => {
            writes.lost = writes.lost.filter((each) => each !== lost);
            this.note(key, note);
            this.onFound(note);
            return of(note);
          }),
        ),
      ),
    );
  }

  /** Asks whether the object of a write is still there; emits where it is not. */
  private gone({ key, write }: Unseen): Observable<Vanished> {
    const { resource, object, written } = write;
    if (written === undefined) return EMPTY;
    const [namespace, name] = splitMetaNamespaceKey(object);
    const reference = { name, ...(namespace !== '' && { namespace }) };
    return this.read({ resource, reference, read: written.read }).pipe(
      filter((note) => note.type !== 'written' || note.object.metadata.uid !== written.uid),
      map(() => ({ key, resource })),
    );
  }

  private read(lost: Omit<Lost, 'type'>): Observable<WriteNote> {
    const { resource, reference, read } = lost;
    return read(reference).pipe(
      mergeMap((object) => of<WriteNote>({ type: 'written', resource, object, isPart: false, read })),
      catchError((error: unknown) => {
        const isGone = error instanceof KubeError && error.reason === 'NotFound';
        if (isGone) return of<WriteNote>({ type: 'deleted', resource, object: nameOf(reference) });
        return timer(askAgain, this.scheduler).pipe(mergeMap(() => this.read(lost)));
      }),
    );
  }

  private follow(): void {
    const snapshots = this.informers.map(({ store }) => store.snapshot$);
    this.following = merge(...snapshots).subscribe({ next: () => this.clearAway(), error: reportUnhandled });
    if (this.writes.size === 0) this.following.unsubscribe();
  }

  /** Looks at some keys in turn, and forgets those whose writes are passed. */
  private clearAway(): void {
    const { round } = this;
    for (let looked = 0; looked < enough && round.length > 0; looked++) {
      this.turn = this.turn < round.length ? this.turn : 0;
      const key = round[this.turn] ?? '';
      if (this.settled(key) !== undefined) {
        this.turn++;
        continue;
      }
      round[this.turn] = round.at(-1) ?? key;
      round.pop();
    }
    if (this.writes.size === 0) this.following.unsubscribe();
  }
}

/** True for an object that an informer has, or will have by an earlier write: it will tell what becomes of it. */
function isKnown(informer: Watched, object: KubernetesObject, earlier: readonly ExpectedWrite[]): boolean {
  const key = metaNamespaceKey(object);
  if (informer.store.getByKey(key) !== undefined) return true;
  return earlier.some((write) => write.object === key && write.seenBy.includes(informer));
}

function isOutdatedBy(write: ExpectedWrite, by: ExpectedWrite): boolean {
  return write.resource === by.resource && write.object === by.object && write.gone === undefined;
}

function reasonOfLost({ resource, reference }: Lost): BehindReason {
  const object = reference.namespace ? `${reference.namespace}/${reference.name}` : reference.name;
  return { type: 'behind', resource, object, isUnsure: true };
}

function nameOf({ name, namespace }: ObjectReference): KubernetesObject {
  return { apiVersion: '', kind: '', metadata: { name, ...(namespace !== undefined && { namespace }) } };
}
