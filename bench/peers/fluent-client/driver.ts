/**
 * kubernetes-fluent-client: its `Watch` of all pods, which keeps them in a cache of its own. Argument: the path of the
 * package's main module; it is installed apart, because it needs another client-node than kuberx does.
 */
import { pathToFileURL } from 'node:url';
import { serve } from '../../side-by-side/line-protocol.ts';

interface Pod {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

interface FluentClient {
  readonly kind: { readonly Pod: unknown };
  readonly K8s: (model: unknown) => { Watch: (callback: (pod: Pod) => void) => Watcher };
}

interface Watcher {
  readonly events: {
    on(event: 'data', listener: (pod: Pod) => void): void;
    on(event: 'connect', listener: () => void): void;
  };
  start(): Promise<unknown>;
}

const { K8s, kind } = (await import(pathToFileURL(process.argv[2] ?? '').href)) as FluentClient;

serve(({ synced, changed }) => {
  const watcher = K8s(kind.Pod).Watch(() => undefined);
  let held = 0;
  let isSynced = false;
  // Told once an object is in the cache.
  watcher.events.on('data', (pod) => {
    if (isSynced) changed(pod);
    else held++;
  });
  // The watch is opened when the list has been taken in.
  watcher.events.on('connect', () => {
    if (isSynced) return;
    isSynced = true;
    synced(held);
  });
  void watcher.start();
});
