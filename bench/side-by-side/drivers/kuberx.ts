/** kuberx: the reflector and the store of all pods. Arguments: a variant of `variants`. */
import { KubeConfig } from '@kubernetes/client-node';
import {
  type KubernetesObject,
  type ListerWatcher,
  type ObjectMeta,
  reflector,
  Store,
  type StoreOptions,
} from 'kuberx';
import { listWatch } from 'kuberx/client-node';
import { serve, type Reporter } from '../line-protocol.ts';

interface Variant {
  readonly metadataOnly?: true;
  readonly store?: StoreOptions<KubernetesObject, never>;
  readonly transform?: (object: KubernetesObject) => KubernetesObject;
}

const variants: Readonly<Record<string, Variant>> = {
  default: {},
  dropManagedFields: { transform: withoutManagedFields },
  metadataOnly: { metadataOnly: true },
  noSharing: { store: { intern: false } },
  // What the parser shares is copied as well: the guard has to find this one out.
  copies: { store: { intern: false }, transform: (object) => structuredClone(object) },
};

const {
  metadataOnly,
  store: options = {},
  transform = (object: KubernetesObject) => object,
} = variants[process.argv[2] ?? '']!;
const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();

serve(({ synced, changed }: Reporter) => {
  const store = new Store<KubernetesObject>(options);
  const listerWatcher: ListerWatcher<KubernetesObject> = metadataOnly
    ? listWatch(kubeConfig, 'v1/pods', { metadataOnly })
    : listWatch(kubeConfig, 'v1/pods');
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
