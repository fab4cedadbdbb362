import { catchError, concatMap, defer, map, type Observable, of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { expect, it } from 'vitest';
import { KubeError, type KubernetesObject, type ResourceClient, sharedInformer } from 'kuberx';
import { httpResourceClient, parseResource } from 'kuberx/http';
import { listWatch } from 'kuberx/rest';
import { marbleOptions } from 'kuberx/testing';
import { ApiServer } from 'kuberx/testing/apiserver';

const resource = 'v1/configmaps';
const metadata = { name: 'a', namespace: 'default' };

interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

function configMap(name: string, rest: object = {}): ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name }, ...rest };
}

/** What becomes of a write, in words. */
function outcome(write$: Observable<KubernetesObject>): Observable<string> {
  return write$.pipe(
    map(({ kind, metadata }) => (kind === 'Status' ? 'gone' : `${metadata.name} is there`)),
    catchError((error: unknown) => of(error instanceof KubeError ? error.reason : String(error))),
  );
}

it('creates, watches, applies with a conflict and collects garbage within a marble diagram', () => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ hot, expectObservable }) => {
    const server = new ApiServer({
      listen: false,
      scheduler,
      random: () => 0,
      latency: 5,
      managedFields: true,
      namespaces: true,
      garbageCollection: true,
    });
    const { http } = server;
    const maps: ResourceClient<ConfigMap> = httpResourceClient({ http, resource: parseResource(resource) });
    function applied(k: string, fieldManager: string, force = false): Observable<KubernetesObject> {
      return maps.patch(metadata, { type: 'apply', body: configMap('a', { data: { k } }), force }, { fieldManager });
    }
    const child = (): ConfigMap => {
      const { uid = '' } = server.get(resource, 'default/a')!.metadata;
      const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid };
      return configMap('b', { metadata: { namespace: 'default', name: 'b', ownerReferences: [owner] } });
    };
    const writes: Record<string, () => Observable<KubernetesObject>> = {
      c: () => maps.create(configMap('a')),
      o: () => applied('1', 'one'),
      t: () => applied('2', 'two'),
      f: () => applied('2', 'two', true),
      w: () => maps.create(child()),
      d: () => maps.delete(metadata) as Observable<KubernetesObject>,
    };
    const steps$ = hot('1s c 99ms o 99ms t 99ms f 99ms w 99ms d');
    const informer = sharedInformer(listWatch({ server: 'http://memory' }, resource, { http, namespace: 'default' }), {
      ...marbleOptions,
      scheduler,
    });
    const seen$ = informer.events$.pipe(map(({ type, object }) => `${type} ${object.metadata.name}`));
    const written$ = steps$.pipe(concatMap((step) => defer(() => outcome(writes[step]!()))));

    // Each write is answered 5 ms later, in the frame in which it is stored and seen.
    expectObservable(written$).toBe('1005ms c 99ms o 99ms t 99ms f 99ms w 99ms d', {
      c: 'a is there',
      o: 'a is there',
      t: 'Conflict',
      f: 'a is there',
      w: 'b is there',
      d: 'gone',
    });
    expectObservable(seen$, '^ 5s !').toBe('1005ms c 99ms u 199ms u 99ms b 99ms (de)', {
      c: 'added a',
      u: 'updated a',
      b: 'added b',
      d: 'deleted a',
      // Its owner is gone.
      e: 'deleted b',
    });
  });
});
