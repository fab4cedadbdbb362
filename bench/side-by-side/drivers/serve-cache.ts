import {
  type KubernetesObject,
  type ListerWatcher,
  type ObjectMeta,
  reflector,
  sharedInformer,
  store as makeStore,
  type StoreOptions,
} from 'kuberx';
import { serve, type Reporter } from '../line-protocol.ts';

interface ListWatchOptions {
  readonly metadataOnly?: true;
}

interface Variant {
  readonly informer?: true;
  readonly paged?: true;
  readonly metadataOnly?: true;
  readonly store?: StoreOptions<KubernetesObject, never>;
  readonly transform?: (object: KubernetesObject) => KubernetesObject;
}

const variants: Readonly<Record<string, Variant>> = {
  default: {},
  informer: { informer: true },
  paged: { paged: true },
  dropManagedFields: { transform: withoutManagedFields },
  metadataOnly: { metadataOnly: true },
  noSharing: { store: { intern: false } },
  // The parts that the parser shares are copied as well: the guard has to notice this consumer.
  copies: { store: { intern: false }, transform: (object) => structuredClone(object) },
};

/** Runs kuberx as a consumer: the reflector and the store of all pods, or the informer that has both. */
export function serveCache(pods: (options: ListWatchOptions) => ListerWatcher<KubernetesObject>): void {
  const { informer, paged, metadataOnly, store: options = {}, transform = same } = variants[process.argv[2] ?? '']!;
  serve(({ synced, changed }: Reporter) => {
    const listerWatcher = pods(metadataOnly ? { metadataOnly } : {});
    if (informer) {
      const shared = sharedInformer(listerWatcher);
      shared.hasSynced$.subscribe((hasSynced) => hasSynced && synced(shared.snapshot$.value.size));
      shared.addEventHandler({ onUpdate: (_, pod) => changed(pod) });
      return;
    }
    const store = makeStore<KubernetesObject>(options);
    store.commits$.subscribe(({ previous, snapshot, events }) => {
      if (snapshot.synced && !previous.synced) synced(snapshot.size);
      else for (const event of events) changed(event.object);
    });
    reflector(listerWatcher, { admit: (object) => store.admit(transform(object)), streaming: !paged }).subscribe(store);
  });
}

function same(object: KubernetesObject): KubernetesObject {
  return object;
}

function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata as ObjectMeta & { readonly managedFields?: unknown };
  return { ...object, metadata };
}
