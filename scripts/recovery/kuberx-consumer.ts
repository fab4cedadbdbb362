/** kuberx as a consumer of heartbeats: shared informers of default options. It speaks the lines of `line-protocol.ts`. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { KubeConfig } from '@kubernetes/client-node';
import { type KubernetesObject, sharedInformer, waitForCacheSync } from 'kuberx';
import { listWatch } from 'kuberx/client-node';
import { countRequests } from './count-requests.ts';
import { type ConsumerReport, heartbeatName, type Sighting } from './line-protocol.ts';

interface Heartbeat extends KubernetesObject {
  readonly data?: { readonly sequence?: string };
}

const counts = countRequests();
const [resource = '', ...namespaces] = process.argv.slice(2);
const kubeConfig = new KubeConfig();
kubeConfig.loadFromString(readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8'));

const seen: Sighting[] = [];
const see = ({ metadata, data }: Heartbeat): void => {
  if (metadata.name !== heartbeatName) return;
  seen.push({ namespace: metadata.namespace ?? '', sequence: Number(data?.sequence), at: Date.now() });
};
const informers = namespaces.map((namespace) => {
  const informer = sharedInformer(listWatch<Heartbeat>(kubeConfig, resource, { namespace }));
  informer.addEventHandler({ onAdd: see, onUpdate: (_, object) => see(object) });
  return informer;
});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'report') say(`report ${JSON.stringify(report())}`);
  })
  .on('close', () => process.exit());
await waitForCacheSync(informers);
say('synced');

function report(): ConsumerReport {
  const held = informers.flatMap(({ snapshot$ }) => snapshot$.value.list());
  const objects = held.map(({ metadata }) => [
    `${metadata.namespace ?? ''}/${metadata.name}`,
    metadata.resourceVersion,
  ]);
  return { ...counts, seen, objects: Object.fromEntries(objects) as Record<string, string> };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
