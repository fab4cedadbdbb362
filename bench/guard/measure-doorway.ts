import { concat, filter, firstValueFrom, NEVER, type Observable, of, Subject } from 'rxjs';
import {
  type KubernetesObject,
  type ListerWatcher,
  reflector,
  sharedInformer,
  store as makeStore,
  type WatchFrame,
} from 'kuberx';
import { interner } from 'kuberx/store';
import { benchPod, resource } from '../side-by-side/bench-pod.ts';
import { countCalls } from './count-calls.ts';

/** The work for an object on its way from the wire into a snapshot: calls for each object that came. */
export interface DoorwayWork {
  /** Computations of its key. */
  readonly keys: number;
  /** Calls of the interner. */
  readonly interns: number;
  /** Checks of the event that it came with. */
  readonly eventChecks: number;
}

/** The ways in that are measured. */
export const ways = ['paged list', 'streaming list', 'watch', 'store, paged list', 'store, watch'] as const;

/** A way in. */
export type Way = (typeof ways)[number];

/** Lets this number of objects in. */
export async function measureDoorway(way: Way, objects: number): Promise<DoorwayWork> {
  const frames$ = new Subject<WatchFrame<KubernetesObject>>();
  const streaming = way === 'streaming list';
  const watched = way.endsWith('watch');
  const first = Array.from({ length: watched ? 0 : objects }, (_, index) => pod(index, '1')).sort(byKey);
  const changes = Array.from({ length: watched ? objects : 0 }, (_, index) => pod(index, String(index + 2)));
  let interns = 0;
  const share = interner<KubernetesObject>();
  const intern: typeof share = (previous, object) => {
    interns += 1;
    return share(previous, object);
  };
  const listerWatcher = scripted(first, frames$);

  const hold = way.startsWith('store') ? storeAlone(listerWatcher, intern) : informer(listerWatcher, intern, streaming);
  let end = (): void => undefined;
  const size = async (): Promise<number> => {
    const held = hold();
    end = held.end;
    await held.synced;
    for (const object of changes)
      frames$.next({ type: 'ADDED', object, resourceVersion: object.metadata.resourceVersion ?? '' });
    return held.size();
  };
  const functions = {
    keys: ['protocol/objects/object-key.ts', 'metaNamespaceKey'],
    eventChecks: ['protocol/cache-event.ts', 'flawOfEvent'],
  } as const;
  const calls = await countCalls(functions, async () => {
    const held = await size();
    if (held !== objects) throw new Error(`it holds ${held} objects of ${objects}`);
  });
  end();
  return { keys: calls.keys / objects, interns: interns / objects, eventChecks: calls.eventChecks / objects };
}

interface Held {
  readonly synced: Promise<unknown>;
  readonly size: () => number;
  readonly end: () => void;
}

type Share = ReturnType<typeof interner<KubernetesObject>>;

function informer(listerWatcher: ListerWatcher<KubernetesObject>, intern: Share, streaming: boolean): () => Held {
  return () => {
    const pods = sharedInformer(listerWatcher, { intern, streaming });
    const held = pods.connect();
    return {
      synced: pods.whenSynced(),
      size: () => pods.snapshot$.value.size,
      end: () => held.unsubscribe(),
    };
  };
}

function storeAlone(listerWatcher: ListerWatcher<KubernetesObject>, intern: Share): () => Held {
  return () => {
    const store = makeStore<KubernetesObject>({ intern });
    const held = reflector(listerWatcher, { streaming: false, admit: store.admit }).subscribe(store);
    const synced = firstValueFrom(store.snapshot$.pipe(filter((snapshot) => snapshot.synced)));
    return { synced, size: () => store.snapshot$.value.size, end: () => held.unsubscribe() };
  };
}

/** A server that gives these objects, in pages of 500 or as a stream, and then these changes. */
function scripted(
  objects: readonly KubernetesObject[],
  changes$: Observable<WatchFrame<KubernetesObject>>,
): ListerWatcher<KubernetesObject> {
  const listerWatcher: ListerWatcher<KubernetesObject> = {
    resource,
    list: ({ limit = objects.length, continue: token = '0' }) => {
      const from = Number(token);
      const to = from + limit;
      const items = objects.slice(from, to);
      return of({ items, resourceVersion: '1', ...(to < objects.length && { continue: String(to) }) });
    },
    watch: ({ sendInitialEvents = false }) => {
      const opened: WatchFrame<KubernetesObject> = { type: 'OPEN' };
      const initial = objects.map((object) => ({ type: 'ADDED', object, resourceVersion: '1' }) as const);
      const marker = { type: 'BOOKMARK', resourceVersion: '1', initialEventsEnd: true } as const;
      return concat(of(opened), sendInitialEvents ? of(...initial, marker) : [], changes$, NEVER);
    },
  };
  return listerWatcher;
}

function pod(index: number, resourceVersion: string): KubernetesObject {
  const { metadata, ...rest } = benchPod(index);
  return { ...rest, metadata: { ...metadata, uid: `uid-${index}`, resourceVersion } };
}

/** In the order in which a server sends the initial state of a stream. */
function byKey(a: KubernetesObject, b: KubernetesObject): number {
  const [x, y] = [a, b].map(({ metadata: { namespace = '', name } }) => `${namespace}/${name}`) as [string, string];
  return x < y ? -1 : 1;
}
