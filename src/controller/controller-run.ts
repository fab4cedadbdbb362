import type { SharedInformer } from '../informer/shared-informer.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import type { Lister } from '../store/lister.ts';
import type { SnapshotReader } from '../store/snapshot-reader.ts';
import type { Run } from '../workqueue/run.ts';
import type { Reason } from '../workqueue/wake.ts';
import type { OwnWrites } from './own-writes/own-writes.ts';
import type { Writer } from './writing/writer.ts';

/** One run of a key of a controller. */
export interface ControllerRun<T extends KubernetesObject, I extends string = never> extends Run {
  /** The object with this key in `snapshot`; `undefined` if there is none. Frozen. */
  readonly object: T | undefined;
  /** The state at the start of the run, with own writes laid over it. It never moves. */
  readonly snapshot: SnapshotReader<T, I>;
  /** Reads an informer as it is at the moment of each call, with own writes laid over it. It starts nothing. */
  readonly lister: <U extends KubernetesObject, J extends string>(informer: SharedInformer<U, J>) => Lister<U>;
  /**
   * A writer that ends with this run. What it writes, this run and those after it read at once, and the key does not run again
   * on a state from before that.
   */
  readonly writer: <U extends KubernetesObject>(client: ResourceClient<U>) => Writer<U>;
}

/** A run of the queue, with the state that it decides on. */
export class RunOverState<T extends KubernetesObject, I extends string> implements ControllerRun<T, I> {
  readonly key: string;
  readonly attempt: number;
  readonly reasons: readonly Reason[];
  readonly moreReasons: number;
  readonly snapshot: SnapshotReader<T, I>;
  readonly object: T | undefined;
  /** Functions that are bound, so that a run can be taken apart: `({ object, writer }) => …`. */
  readonly lister: ControllerRun<T, I>['lister'];
  readonly writer: ControllerRun<T, I>['writer'];
  private readonly run: Run;

  constructor(run: Run, informer: SharedInformer<T, I>, ownWrites: OwnWrites) {
    this.run = run;
    this.key = run.key;
    this.attempt = run.attempt;
    this.reasons = run.reasons;
    this.moreReasons = run.moreReasons;
    this.snapshot = ownWrites.reader(informer);
    this.object = this.snapshot.getByKey(run.key);
    this.lister = (other) => ownWrites.lister(other);
    this.writer = (client) => ownWrites.writer(client, run);
  }

  get signal(): AbortSignal {
    return this.run.signal;
  }
}
