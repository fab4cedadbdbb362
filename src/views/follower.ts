import { type Observable, type SchedulerLike, Subject, Subscription } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { DeliveryQueue } from '../streams/delivery-queue.ts';
import { finished, inSlices } from '../streams/in-slices.ts';
import type { Steps } from '../streams/map-while-waiting.ts';
import { type ObjectChange, PartChanges } from './object-changes.ts';
import type { ViewPart, ViewSnapshot } from './view-source.ts';

/** Up to this many rows and changes, work is done at once: a millisecond or so. */
export const doneAtOnce = 2048;

/** Up to this many changes of an eighth of the rows at most are applied one by one, which takes 10 microseconds for each. */
const mostOneByOne = 512;

/** Changes that are due, and what they lead to. */
export interface Batch<T> {
  /** How many there are; more where snapshots have to be compared. */
  readonly size: number;
  /** True where to apply one change after the other is less work than to pass over all rows. */
  readonly isFew: boolean;
  /** True where all objects of the snapshots are new, and nothing goes. */
  readonly isFresh: boolean;
  readonly changes: () => Steps<readonly ObjectChange<T>[]>;
  /** By part. */
  readonly snapshots: readonly ViewSnapshot<T>[];
}

/** A state that follows the objects of a source. */
export interface Followed<T, S> {
  readonly state: S;
  /** The number of rows in a state, which says how much work a big batch is. */
  readonly sizeOf: (state: S) => number;
  /** Returns the state after a batch. The steps may be dropped. */
  readonly next: (state: S, batch: Batch<T>) => Steps<S>;
}

/**
 * Keeps a state up to date with a source while somebody holds it. Small batches are applied within the commit that they come
 * from, big ones in slices; what comes meanwhile waits for them. States are told one after the other, in order.
 */
export class Follower<T extends KubernetesObject, S> {
  /** Each state after the first one, within the delivery queue. Completes when all parts have. */
  readonly states$: Observable<S>;
  readonly deliveries: DeliveryQueue = new DeliveryQueue();
  readonly scheduler: SchedulerLike;
  private readonly told$ = new Subject<S>();
  private readonly parts: readonly PartChanges<T>[];
  private readonly followed: Followed<T, S>;
  private current: S;
  /** What `current` stands for. */
  private snapshots: readonly ViewSnapshot<T>[] | undefined;
  private holders = 0;
  private connection: Subscription | undefined;
  private work: Subscription | undefined;

  constructor(parts: Iterable<ViewPart<T>>, scheduler: SchedulerLike, followed: Followed<T, S>) {
    this.parts = Array.from(parts, (source, index) => new PartChanges(index, source));
    this.scheduler = scheduler;
    this.followed = followed;
    this.current = followed.state;
    this.states$ = this.told$.asObservable();
  }

  /** The state as it is. It may be ahead of what was told during a delivery. */
  get state(): S {
    return this.current;
  }

  /** True while somebody keeps the state up to date. */
  get isHeld(): boolean {
    return this.connection !== undefined;
  }

  /** True where the state is not yet, or no longer, that of the newest snapshots that were looked at. */
  get isBehind(): boolean {
    return this.work !== undefined || this.parts.some(({ isBehind }) => isBehind);
  }

  /** The state, after what changed while nobody held it, if that is little work. */
  read(): S {
    if (this.connection === undefined) {
      for (const part of this.parts) part.catchUp();
      const size = this.parts.reduce((sum, { snapshot }) => sum + snapshot.size, 0);
      if (size <= doneAtOnce) this.flush(true);
    }
    return this.current;
  }

  /** Holds the source and keeps the state up to date. */
  hold(): Subscription {
    this.holders++;
    if (this.holders === 1) this.connect();
    return new Subscription(() => {
      if (--this.holders === 0) this.disconnect();
    });
  }

  /** Replaces the state by one of the same objects. Not while work is under way. */
  replace(steps: (state: S) => Steps<S>): void {
    if (this.work !== undefined || this.connection === undefined) return;
    this.run(steps(this.current), this.followed.sizeOf(this.current) <= doneAtOnce, (state) => this.tell(state));
  }

  private connect(): void {
    const connection = new Subscription();
    this.connection = connection;
    let open = this.parts.length;
    for (const part of this.parts) {
      part.catchUp();
      connection.add(
        part.commits$.subscribe({
          next: (commit) => {
            part.add(commit);
            this.flush();
          },
          error: (error: unknown) => this.told$.error(error instanceof Error ? error : new Error(String(error))),
          complete: () => {
            if (--open === 0) this.deliveries.deliver(() => this.told$.complete());
          },
        }),
      );
    }
    this.flush();
  }

  private disconnect(): void {
    const { connection } = this;
    this.connection = undefined;
    connection?.unsubscribe();
    if (this.work !== undefined) this.drop();
  }

  private pendingSize(): number {
    return this.parts.reduce((sum, { size }) => sum + size, 0);
  }

  private flush(atOnce = false): void {
    if (this.work !== undefined || !this.parts.some(({ isBehind }) => isBehind)) return;
    const size = this.pendingSize();
    const { next, sizeOf } = this.followed;
    const rows = sizeOf(this.current);
    const isFew = size <= mostOneByOne && size * 8 <= rows;
    const taken = this.parts.map((part) => part.take());
    const snapshots = taken.map(({ snapshot }) => snapshot);
    const batch: Batch<T> = {
      size,
      isFew,
      isFresh: taken.every((each) => each.isFresh),
      snapshots,
      *changes() {
        const all: (readonly ObjectChange<T>[])[] = [];
        for (const { changes } of taken) all.push(yield* changes());
        return all.length === 1 ? (all[0] as readonly ObjectChange<T>[]) : all.flat();
      },
    };
    this.run(next(this.current, batch), atOnce || isFew || size + rows <= doneAtOnce, (state) => {
      this.snapshots = snapshots;
      this.tell(state);
    });
  }

  private run(steps: Steps<S>, isSmall: boolean, done: (state: S) => void): void {
    // Set at once, since a function of a user may write to the source.
    const work = new Subscription();
    this.work = work;
    const end = (state: S): void => {
      this.work = undefined;
      done(state);
      this.flush();
    };
    try {
      if (isSmall) end(finished(steps));
      else work.add(inSlices(steps, this.scheduler, end));
    } catch (error) {
      if (this.work === work) this.drop();
      throw error;
    }
  }

  /** Drops the work under way, and what it was about is due again. */
  private drop(): void {
    this.work?.unsubscribe();
    this.work = undefined;
    for (const [index, part] of this.parts.entries()) part.giveBack(this.snapshots?.[index]);
  }

  private tell(state: S): void {
    if (state === this.current) return;
    this.current = state;
    this.deliveries.deliver(() => this.told$.next(state));
  }
}
