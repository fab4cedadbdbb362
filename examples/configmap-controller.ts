// Keeps beside each ConfigMap labelled digest=wanted another one, NAME.sha256, with the digest of its data, whatever
// happens to either of them, to the server or to the connection:
// npx node --conditions=kuberx-source examples/configmap-controller.ts
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import { defer, EMPTY, map, type Observable, retry, timer } from 'rxjs';
import {
  conflateByKey,
  type InformerEvent,
  type KubernetesObject,
  type ObjectOf,
  printable,
  sharedInformer,
} from 'kuberx';
import { listWatch, resourceClient } from 'kuberx/client-node';

type ConfigMap = ObjectOf<'v1/configmaps'>;

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();
const client = resourceClient(kubeConfig, 'v1/configmaps');
const configMaps = sharedInformer(listWatch(kubeConfig, 'v1/configmaps'));

configMaps.events$
  .pipe(
    map(touched),
    // One run at a time for each name. While one name waits for its next try, the others go on.
    conflateByKey(({ object }) => defer(() => reconcile(object)).pipe(retry({ delay: backoff })), {
      concurrency: Infinity,
    }),
  )
  .subscribe((done) => console.log(printable(done)));

// All that counts of an event is which name to look at; a digest stands for the ConfigMap that it is of.
function touched({
  object: { kind, apiVersion, metadata },
}: InformerEvent<ConfigMap>): InformerEvent<KubernetesObject> {
  const { namespace = '', name } = metadata;
  const object = { kind, apiVersion, metadata: { namespace, name: name.replace(/\.sha256$/, '') } };
  return { type: 'updated', object, oldObject: object };
}

// The state decides, not the event. So it may run at any time, and any number of times.
function reconcile({ kind, apiVersion, metadata: { namespace = '', name } }: KubernetesObject): Observable<string> {
  const key = `${namespace}/${name}`;
  const named = configMaps.store.getByKey(key);
  const source = named?.metadata.labels?.['digest'] === 'wanted' ? named : undefined;
  const digest = configMaps.store.getByKey(`${key}.sha256`);

  const owner = digest?.metadata.ownerReferences?.find(({ controller }) => controller);
  if (digest && owner && owner.uid !== source?.metadata.uid) {
    if (owner.kind !== kind || owner.name !== name) return EMPTY; // it is another controller's
    const { uid, resourceVersion } = digest.metadata;
    const preconditions = { uid, resourceVersion }; // what was looked at, or Conflict
    return client.delete(digest.metadata, { preconditions }).pipe(map(() => `${key}: deleted`));
  }
  if (!source) return EMPTY;

  const ownerReferences = [{ kind, apiVersion, name, uid: source.metadata.uid, controller: true }];
  const data = { sha256: sha256(source) };
  if (!digest) {
    const metadata = { namespace, name: `${name}.sha256`, ownerReferences };
    return client.create({ kind, apiVersion, metadata, data }).pipe(map(() => `${key}: created`));
  }
  if (isDeepStrictEqual([digest.metadata.ownerReferences, digest.data], [ownerReferences, data])) return EMPTY;
  const metadata = { ...digest.metadata, ownerReferences }; // with its version: what was looked at, or Conflict
  return client.update({ ...digest, metadata, data }).pipe(map(() => `${key}: mended`));
}

function sha256({ data = {}, binaryData = {} }: ConfigMap): string {
  const content = [data, binaryData].map((part) => Object.entries(part).sort());
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

// 0.2 s, doubling to 30 s, and up to 100% more by chance. After a Conflict, the watch has brought the change by then.
function backoff(error: unknown, attempt: number): Observable<unknown> {
  const delay = Math.min(200 * 2 ** (attempt - 1), 30_000) * (1 + Math.random());
  console.log(`${printable(String(error))}; again in ${Math.round(delay)} ms`);
  return timer(delay);
}
