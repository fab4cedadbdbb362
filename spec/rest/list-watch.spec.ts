import { firstValueFrom, NEVER } from 'rxjs';
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import {
  type AwaitableListerWatcher,
  type KubernetesObject,
  type PartialObjectMetadata,
  type Raw,
  type ResourceClient,
  sharedInformer,
} from 'kuberx';
import { listWatch, type ListWatchOptions, resourceClient, type RestConfig, restHttpClient } from 'kuberx/rest';
import { apiServer } from 'kuberx/testing/apiserver';
import type { HttpClient } from '#src/transport/request/http-client.ts';

interface ConfigMap {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly data: Readonly<Record<string, string>>;
}

function configMap(name: string, namespace: string, app: string): ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { app } }, data: { a: '1' } };
}

const config = { server: 'https://10.0.0.1:6443' };

async function served(): Promise<RestConfig> {
  const server = await apiServer();
  onTestFinished(() => server.stop({ how: 'reset' }));
  return { server: server.url };
}

describe('listWatch and resourceClient of a config', () => {
  it('keep a cache of what one writes through the other', async () => {
    const reached = await served();
    const configMaps = resourceClient<ConfigMap>(reached, 'v1/configmaps');
    const informer = sharedInformer(
      listWatch<ConfigMap>(reached, 'v1/configmaps', { namespace: 'default', labelSelector: 'app=web' }),
    );
    const subscription = informer.snapshot$.subscribe();
    onTestFinished(() => subscription.unsubscribe());
    await informer.whenSynced();

    await firstValueFrom(configMaps.create(configMap('other', 'default', 'db')));
    await firstValueFrom(configMaps.create(configMap('elsewhere', 'kube-system', 'web')));
    const written = await firstValueFrom(configMaps.create(configMap('mine', 'default', 'web')));
    await informer.waitFor('default/mine', (object) => object !== undefined);
    expect(informer.snapshot$.value.list()).toEqual([written]);
    await firstValueFrom(configMaps.delete({ name: 'mine', namespace: 'default' }));
    await informer.waitFor('default/mine', (object) => object === undefined);
    expect(informer.snapshot$.value.size).toBe(0);
  });

  it('select what is behind getters and on a prototype too', () => {
    const paths: string[] = [];
    class Selection implements ListWatchOptions {
      readonly http: HttpClient = ({ path }) => {
        paths.push(path);
        return NEVER;
      };
      get namespace(): string {
        return 'team-a';
      }
      get labelSelector(): string {
        return 'app=web';
      }
    }
    listWatch(config, 'v1/secrets', new Selection()).list({}).subscribe().unsubscribe();
    expect(paths).toEqual(['/api/v1/namespaces/team-a/secrets?labelSelector=app%3Dweb']);
  });

  it.each(['labelSelecter', 'selector', 'ns'])('are not made with %s, without which more would be selected', (name) => {
    expect(() => listWatch(config, 'v1/secrets', { [name]: 'a' })).toThrow(
      new TypeError(
        `${name} is not an option of a list and watch; it has namespace, labelSelector, fieldSelector, metadataOnly, ` +
          'maxFrameBytes, maxItemBytes, onWarning, exactIntegers.',
      ),
    );
    expect(() => listWatch(config, 'v1/secrets', { [name]: undefined })).not.toThrow();
  });

  it('ask for metadata alone where that is wanted', async () => {
    const reached = await served();
    await firstValueFrom(resourceClient<ConfigMap>(reached, 'v1/configmaps').create(configMap('a', 'default', 'web')));
    const metadata = listWatch(reached, 'v1/configmaps', { metadataOnly: true });
    const { items } = await firstValueFrom(metadata.list({}));
    expect(items.map(({ kind, metadata: { name } }) => [kind, name])).toEqual([['PartialObjectMetadata', 'a']]);
  });

  it('are typed by a type argument', () => {
    expectTypeOf(listWatch<ConfigMap>(config, 'v1/configmaps')).toEqualTypeOf<AwaitableListerWatcher<Raw<ConfigMap>>>();
    expectTypeOf(listWatch(config, 'v1/configmaps')).toExtend<AwaitableListerWatcher<KubernetesObject>>();
    expectTypeOf(listWatch(config, 'v1/configmaps', { metadataOnly: true })).toEqualTypeOf<
      AwaitableListerWatcher<PartialObjectMetadata>
    >();
    expectTypeOf(resourceClient<ConfigMap>(config, 'v1/configmaps')).toEqualTypeOf<ResourceClient<Raw<ConfigMap>>>();
  });

  it('refuse a text that names no resource, and deadlines that are none or for nobody', () => {
    expect(() => listWatch(config, 'pods')).toThrow('"pods" names no resource: it has no version');
    expect(() => resourceClient(config, 'Pod')).toThrow('names no resource');
    expect(() => listWatch(config, 'v1/pods', { namespace: '../x' })).toThrow('names no namespace');
    expect(() => resourceClient(config, 'v1/pods', { connectTimeout: -1 })).toThrow(RangeError);
    expect(() => listWatch(config, 'v1/pods', { maxItemBytes: 0 })).toThrow('maxItemBytes is 0; it takes');
    const both: ListWatchOptions = { http: restHttpClient(config), connection: { connectTimeout: 5 } };
    expect(() => listWatch(config, 'v1/pods', both)).toThrow('`connection` has no effect');
    expect(() => listWatch(config, 'v1/pods', { ...both, connection: undefined })).not.toThrow();
  });
});
