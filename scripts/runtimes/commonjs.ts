// A program as TypeScript with `module: commonjs` compiles it: each entry that needs no other package, by `require`.
import { sharedInformer } from 'kuberx';
import { isReady } from 'kuberx/conditions';
import { fetchHttpClient } from 'kuberx/http';
import { loadKubeConfig } from 'kuberx/kubeconfig';
import { fifo } from 'kuberx/queue';
import { listWatch, resourceClient } from 'kuberx/rest';
import { mutationOverlay } from 'kuberx/store';
import { fakeListerWatcher } from 'kuberx/testing';
import { apiServer } from 'kuberx/testing/apiserver';

async function main(): Promise<void> {
  const server = await apiServer();
  server.create('v1/configmaps', { metadata: { name: 'a', namespace: 'default' } });
  const informer = sharedInformer(listWatch({ server: server.url }, 'v1/configmaps'));
  const subscription = informer.snapshot$.subscribe();
  await informer.whenSynced();
  const parts = [isReady, fetchHttpClient, loadKubeConfig, fifo, resourceClient, mutationOverlay, fakeListerWatcher];
  console.log(`synced: ${informer.snapshot$.value.size}; ${parts.filter((part) => typeof part === 'function').length}`);
  subscription.unsubscribe();
  await server.stop();
}

void main();
