/** The other half of `startBenchServer`: an API server with pods, until the parent is gone. */
import { apiServer } from 'kuberx/testing/apiserver';
import { benchPod, resource } from './bench-pod.ts';

const objects = Number(process.argv[2]);
const server = await apiServer();
for (let index = 0; index < objects; index++) server.create(resource, benchPod(index));
process.once('disconnect', () => {
  void server.stop({ how: 'reset' }).then(() => process.exit());
});
process.send?.({ url: server.url, kubeconfig: server.writeKubeconfig() });
