// Gives each pending pod the open node with the fewest pods, both out of a cache:
// npx node --conditions=kuberx-source examples/node-scheduler.ts
// It writes spec.nodeName, which the embedded API server takes; a cluster takes a Binding instead.
import { KubeConfig } from '@kubernetes/client-node';
import { catchError, concatMap, EMPTY, filter, map, mergeMap, type Observable, take, tap } from 'rxjs';
import { type ObjectOf, printable, reflector, store } from 'kuberx';
import { listWatch, resourceClient } from 'kuberx/client-node';

type Pod = ObjectOf<'v1/pods'>;

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();
const client = resourceClient(kubeConfig, 'v1/pods');

const nodes = store<ObjectOf<'v1/nodes'>>();
const pods = store<Pod, 'node'>({ indexers: { node: (pod) => [pod.spec?.nodeName ?? ''] } });

function emptiestNode(): string | undefined {
  const load = (node: string): number => pods.byIndex('node', node).length;
  const open = nodes.list().filter(({ spec }) => spec?.unschedulable !== true);
  return open.map(({ metadata }) => metadata.name).sort((a, b) => load(a) - load(b) || a.localeCompare(b))[0];
}

// Waits for a node if there is none.
const node$ = nodes.snapshot$.pipe(
  map(emptiestNode),
  filter((node) => node !== undefined),
  take(1),
);

function bind({ metadata: { name, namespace, uid } }: Pod, node: string): Observable<Pod> {
  // With its uid: a pod that has taken the name since then is another one.
  return client
    .patch({ name, namespace }, { type: 'merge', body: { metadata: { uid }, spec: { nodeName: node } } })
    .pipe(
      tap((bound) => pods.update(bound)), // so that it counts before the watch brings it
      tap(() => console.log(printable(`${namespace}/${name} goes to ${node}`))),
    );
}

pods.commits$
  .pipe(
    mergeMap(({ events }) => events),
    filter(({ type, object }) => type === 'added' && !object.spec?.nodeName),
    concatMap(({ object }) =>
      node$.pipe(
        mergeMap((node) => bind(object, node)),
        catchError((error: unknown) => {
          console.log(printable(String(error)));
          return EMPTY;
        }),
      ),
    ),
  )
  .subscribe();

reflector(listWatch(kubeConfig, 'v1/nodes'), { admit: nodes.admit }).subscribe(nodes);
reflector(listWatch(kubeConfig, 'v1/pods'), { admit: pods.admit }).subscribe(pods);
