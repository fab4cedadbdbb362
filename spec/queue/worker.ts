import { Observable, type Subscriber, type Subscription } from 'rxjs';
import type { KubernetesObject } from 'kuberx';
import type { FifoItem, ProcessOptions, Queue, QueueItem, RealFifoItem } from 'kuberx/queue';

/** A consumer whose items are done when the spec says so. */
export interface Worker<Item> {
  /** What was started, in order. */
  readonly started: Item[];
  /** What is in process, in the order of its start. */
  readonly active: readonly Item[];
  /** Completes the processing of one of the active items, by default of the first. */
  readonly finish: (index?: number) => void;
  readonly fail: (error: unknown, index?: number) => void;
  readonly subscription: Subscription;
  readonly hasCompleted: () => boolean;
  readonly error: () => unknown;
}

export function work<Item extends QueueItem>(
  queue: Queue<KubernetesObject, Item>,
  options: ProcessOptions<Item> = {},
): Worker<Item> {
  const started: Item[] = [];
  const active: Item[] = [];
  const running: Subscriber<never>[] = [];
  let hasCompleted = false;
  let error: unknown;
  function project(item: Item): Observable<never> {
    return new Observable((subscriber) => {
      started.push(item);
      active.push(item);
      running.push(subscriber);
      return () => {
        const at = running.indexOf(subscriber);
        running.splice(at, 1);
        active.splice(at, 1);
      };
    });
  }
  const subscription = queue.process(project, options).subscribe({
    error: (thrown: unknown) => (error = thrown),
    complete: () => (hasCompleted = true),
  });
  return {
    started,
    active,
    finish: (index = 0) => running[index]!.complete(),
    fail: (thrown, index = 0) => running[index]!.error(thrown),
    subscription,
    hasCompleted: () => hasCompleted,
    error: () => error,
  };
}

/** Everything that may start, done as soon as it starts. */
export function drained<Item extends QueueItem>(queue: Queue<KubernetesObject, Item>): Item[] {
  const items: Item[] = [];
  queue
    .process((item) => {
      items.push(item);
      return [];
    })
    .subscribe()
    .unsubscribe();
  return items;
}

/** `a@1!`: the object a at version 1, in the initial list. */
export function fifoWords(items: readonly FifoItem<KubernetesObject>[]): string {
  return items.map(({ object, isInInitialList }) => nameOf(object) + (isInInitialList ? '!' : '')).join(' ');
}

/** `+a@1 ~a@2 -a@3 =[a@3 b@1]@9 SyncAll Bookmark@9`, with `!` for the initial list. */
export function deltaWords(items: readonly RealFifoItem<KubernetesObject>[]): string {
  return items.map(({ delta, isInInitialList }) => deltaWord(delta) + (isInInitialList ? '!' : '')).join(' ');
}

function deltaWord(delta: RealFifoItem<KubernetesObject>['delta']): string {
  switch (delta.type) {
    case 'ReplacedAll':
      return `=[${delta.objects.map(nameOf).join(' ')}]@${delta.resourceVersion}`;
    case 'SyncAll':
      return 'SyncAll';
    case 'Bookmark':
      return `Bookmark@${delta.resourceVersion}`;
    default:
      return { Added: '+', Updated: '~', Deleted: '-' }[delta.type] + nameOf(delta.object);
  }
}

export function nameOf({ metadata }: KubernetesObject): string {
  return metadata.name + (metadata.resourceVersion === undefined ? '' : `@${metadata.resourceVersion}`);
}
