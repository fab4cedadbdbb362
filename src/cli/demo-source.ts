import type { DemoArguments } from './arguments.ts';
import { clusterSource, selection } from './cluster-source.ts';
import { demoServer } from './demo-server.ts';
import type { Source } from './source.ts';

/** The demo's API server as a source. It is reached as a real cluster is: over HTTP, by the kubeconfig that it writes. */
export async function demoSource(demo: DemoArguments): Promise<Source> {
  const { server, activity$ } = await demoServer(demo);
  const source = clusterSource({
    resource: 'v1/pods',
    kubeconfig: server.writeKubeconfig(),
    ...selection(demo),
  });
  const isWhole = Object.keys(selection(demo)).length === 0;
  return {
    ...source,
    title: `${source.listerWatcher.resource} · demo, ${demo.rate} changes/s`,
    ...(isWhole ? { expected: demo.objects } : {}),
    activity$,
    close: () => server.stop(),
  };
}
