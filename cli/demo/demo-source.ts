import type { DemoArguments } from '../arguments/arguments.ts';
import { selectorsOf, sourceOf } from '../cluster-source.ts';
import { demoServer } from './demo-server.ts';
import { kubeConfigOf } from '../kube-config.ts';
import type { Source } from '../source.ts';

/** The demo's API server as a source. It is reached as a real cluster is: over HTTP, by the kubeconfig that it writes. */
export async function demoSource(demo: DemoArguments): Promise<Source> {
  const { server, activity$ } = await demoServer(demo);
  const { namespace } = demo;
  const resource = { name: 'v1/pods', ...(namespace === undefined ? {} : { namespace }) };
  const source = sourceOf(kubeConfigOf({ kubeconfig: server.writeKubeconfig() }), resource, demo);
  const isWhole = namespace === undefined && Object.keys(selectorsOf(demo)).length === 0;
  return {
    ...source,
    title: { ...source.title, place: `demo, ${demo.rate} changes/s` },
    ...(isWhole ? { expected: demo.objects } : {}),
    activity$,
    close: () => server.stop(),
  };
}
