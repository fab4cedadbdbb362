// Keeps beside each ConfigMap labelled digest=wanted another one, NAME.sha256, with the digest of its data, whatever
// happens to either of them, to the server or to the connection:
// npx node --conditions=kuberx-source examples/configmap-controller.ts
import { createHash } from 'node:crypto';
import { KubeConfig } from '@kubernetes/client-node';
import { controllerFor, type ControllerRun, keysBy, metaNamespaceKey, type ObjectOf, printable } from 'kuberx';
import { setOwner, sharedInformer, splitMetaNamespaceKey } from 'kuberx';
import { listWatch, resourceClient } from 'kuberx/client-node';

type ConfigMap = ObjectOf<'v1/configmaps'>;

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();
const client = resourceClient(kubeConfig, 'v1/configmaps');
const configMaps = sharedInformer(listWatch(kubeConfig, 'v1/configmaps'));
const suffix = '.sha256';

// What happens to a digest is work for the ConfigMap that it is of.
const ofDigests$ = keysBy(configMaps, (each) => [metaNamespaceKey(each).replace(/\.sha256$/, '')]);

const controller = controllerFor(configMaps, { reconcile, wakes: [ofDigests$], concurrency: 16 });
controller.reports$.subscribe((report) => {
  if ('error' in report) console.log(printable(`${report.key}: ${String(report.error)}; again in ${report.next} ms`));
});

// The state decides, not what has happened. So it may run at any time, and any number of times.
async function reconcile({ key, snapshot, writer }: ControllerRun<ConfigMap>): Promise<void> {
  if (key.endsWith(suffix)) return;
  const [namespace, name] = splitMetaNamespaceKey(key);
  const named = snapshot.getByKey(key);
  const source = named?.metadata.labels?.['digest'] === 'wanted' ? named : undefined;
  const digest = snapshot.getByKey(key + suffix);
  const owner = digest?.metadata.ownerReferences?.find((each) => each.controller);
  if (digest && owner && owner.uid !== source?.metadata.uid) {
    if (owner.kind !== 'ConfigMap' || owner.name !== name) return; // it is another controller's
    const { uid, resourceVersion } = digest.metadata;
    await writer(client).delete(digest.metadata, { preconditions: { uid, resourceVersion } }); // what was looked at
    console.log(printable(`${key}: deleted`));
  } else if (source && digest) {
    const mended = await writer(client).edit(digest, (draft) => {
      draft.data = { sha256: sha256(source) };
      setOwner(draft, source, { blockOwnerDeletion: false }); // refuses what is another controller's by now
    });
    if (mended !== digest) console.log(printable(`${key}: mended`));
  } else if (source) {
    const metadata = { namespace, name: name + suffix };
    const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { sha256: sha256(source) } };
    await writer(client).create(setOwner(made, source, { blockOwnerDeletion: false }));
    console.log(printable(`${key}: created`));
  }
}

function sha256({ data = {}, binaryData = {} }: ConfigMap): string {
  const content = [data, binaryData].map((part) => Object.entries(part).sort());
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
