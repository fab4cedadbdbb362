// Takes pending pods from a queue, one after the other, and gives each of them some node:
// npx node --conditions=kuberx-source examples/pod-fifo-scheduler.ts
// It writes spec.nodeName, which the embedded API server takes; a cluster takes a Binding instead.
import { KubeConfig } from '@kubernetes/client-node';
import { lastValueFrom, timer } from 'rxjs';
import { KubeError, type ObjectOf, printable, reflector } from 'kuberx';
import { fifo } from 'kuberx/queue';
import { listWatch, resourceClient } from 'kuberx/client-node';

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();
const client = resourceClient(kubeConfig, 'v1/pods');

const nodes = await lastValueFrom(listWatch(kubeConfig, 'v1/nodes').list({}));
if (nodes.items.length === 0) throw new Error('there is no node to choose from');

const pending = fifo<ObjectOf<'v1/pods'>>();
reflector(listWatch(kubeConfig, 'v1/pods', { fieldSelector: 'spec.nodeName=' })).subscribe(pending);

for await (const { key, object: pod } of pending) {
  const { name, namespace, uid } = pod.metadata;
  const node = nodes.items[Math.floor(Math.random() * nodes.items.length)]?.metadata.name;
  // With its uid: a pod that has taken the name since then is another one.
  const body = { metadata: { uid }, spec: { nodeName: node } };
  try {
    await lastValueFrom(client.patch({ name, namespace }, { type: 'merge', body }));
    console.log(printable(`${key} goes to ${node}`));
  } catch (error) {
    console.log(printable(`${key} stays: ${String(error)}`));
    const isGone = error instanceof KubeError && (error.reason === 'NotFound' || error.reason === 'Conflict');
    // A failed pod is not queued again by itself; a newer one that came meanwhile is.
    if (!isGone) timer(1000).subscribe(() => pending.getByKey(key) ?? pending.add(pod));
  }
}
