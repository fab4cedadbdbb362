import { defer, interval, NEVER, type Observable, tap } from 'rxjs';
import { metaNamespaceKey } from '../protocol/object-key.ts';
import { apiServer, type ApiServer } from '../testing/apiserver/index.ts';
import type { DemoArguments } from './arguments.ts';
import { clusterSource, selection } from './cluster-source.ts';
import { demoChanges, initialStage, type DemoChange } from './demo-changes.ts';
import { demoPod } from './demo-pod.ts';
import type { Source } from './source.ts';

const resource = 'v1/pods';

/** Milliseconds between two turns of the writer; what is due in between is written at once. */
const turn = 50;

/** The oldest pod of the demo, in milliseconds. */
const oldest = 3 * 24 * 60 * 60 * 1000;

/**
 * The embedded API server with its pods, which then keep changing. It is reached as a real cluster is: over HTTP, by the
 * kubeconfig that it writes.
 */
export async function demoSource(demo: DemoArguments): Promise<Source> {
  let now = Date.now;
  const server = await apiServer({ now: () => now() });
  const startedAt = Date.now();
  for (let index = 0; index < demo.objects; index++) {
    now = () => startedAt - ((index * 7_368_787) % oldest);
    server.create(resource, demoPod(index, initialStage(index)));
  }
  now = Date.now;
  const source = clusterSource({ resource, kubeconfig: server.writeKubeconfig(), ...selection(demo) });
  const isWhole = Object.keys(selection(demo)).length === 0;
  return {
    ...source,
    title: `${source.listerWatcher.resource} · demo, ${demo.rate} changes/s`,
    ...(isWhole ? { expected: demo.objects } : {}),
    activity$: demo.rate > 0 ? writer(server, demo) : NEVER,
    close: () => server.stop(),
  };
}

/** Writes `rate` changes a second for as long as it is subscribed. */
function writer(server: ApiServer, { objects, rate }: DemoArguments): Observable<unknown> {
  return defer(() => {
    const changes = demoChanges(objects);
    let due = 0;
    let turnedAt = performance.now();
    return interval(turn).pipe(
      tap(() => {
        const elapsed = performance.now() - turnedAt;
        turnedAt += elapsed;
        // What a stalled process owes is not written in one go.
        due += (rate * Math.min(elapsed, 1000)) / 1000;
        for (; due >= 1; due--) write(server, changes.next().value);
      }),
    );
  });
}

function write(server: ApiServer, { verb, pod }: DemoChange): void {
  if (verb === 'delete') server.delete(resource, metaNamespaceKey(pod));
  else server.apply(resource, pod);
}
