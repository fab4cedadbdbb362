/** kuberx: the reflector and the store of all pods, or the informer that has both. Argument: a variant of `variants`. */
import { KubeConfig } from '@kubernetes/client-node';
import {
  type KubernetesObject,
  type ListerWatcher,
  type ObjectMeta,
  reflector,
  sharedInformer,
  Store,
  type StoreOptions,
} from 'kuberx';
import { listWatch } from 'kuberx/client-node';
import { serve, type Reporter } from '../line-protocol.ts';

interface Variant {
  readonly informer?: true;
  readonly metadataOnly?: true;
  readonly store?: StoreOptions<KubernetesObject, never>;
  readonly transform?: (object: KubernetesObject) => KubernetesObject;
}

const variants: Readonly<Record<string, Variant>> = {
  default: {},
  informer: { informer: true },
  dropManagedFields: { transform: withoutManagedFields },
  metadataOnly: { metadataOnly: true },
  noSharing: { store: { intern: false } },
  // What the parser shares is copied as well: the guard has to find this one out.
  copies: { store: { intern: false }, transform: (object) => structuredClone(object) },
};

const {
  informer,
  metadataOnly,
  store: options = {},
  transform = (object: KubernetesObject) => object,
} = variants[process.argv[2] ?? '']!;
const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();

serve(({ synced, changed }: Reporter) => {
  const listerWatcher: ListerWatcher<KubernetesObject> = metadataOnly
    ? listWatch(kubeConfig, 'v1/pods', { metadataOnly })
    : listWatch(kubeConfig, 'v1/pods');
  if (informer) {
    const pods = sharedInformer(listerWatcher);
    pods.hasSynced$.subscribe((hasSynced) => hasSynced && synced(pods.snapshot$.value.size));
    pods.addEventHandler({ onUpdate: (_, pod) => changed(pod) });
    return;
  }
  const store = new Store<KubernetesObject>(options);
  const intern = (object: KubernetesObject): KubernetesObject => store.intern(transform(object));
  store.commits$.subscribe(({ previous, snapshot, events }) => {
    if (snapshot.synced && !previous.synced) synced(snapshot.size);
    else for (const event of events) changed(event.object);
  });
  reflector(listerWatcher, { intern }).subscribe(store);
});

function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata as ObjectMeta & { readonly managedFields?: unknown };
  return { ...object, metadata };
}
