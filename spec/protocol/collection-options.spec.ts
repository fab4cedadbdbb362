import { KubeConfig } from '@kubernetes/client-node';
import { NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { AwaitableListerWatcher, KubernetesObject } from 'kuberx';
import * as clientNode from 'kuberx/client-node';
import * as overHttp from 'kuberx/http';
import * as rest from 'kuberx/rest';
import { type CollectionOptions, collectionOptionNames, optionsNamed } from '#src/protocol/collection-options.ts';

const kubeConfig = new KubeConfig();
const config = { server: 'https://10.0.0.1' };

type Lists = (options: CollectionOptions, http: overHttp.HttpClient) => AwaitableListerWatcher<KubernetesObject>;

/** Everything that takes these options. */
const takers: Readonly<Record<string, Lists>> = {
  'listWatch of kuberx/client-node': (options, http) =>
    clientNode.listWatch(kubeConfig, 'v1/pods', { ...options, http }),
  'listWatch of kuberx/rest': (options, http) => rest.listWatch(config, 'v1/pods', { ...options, http }),
  'listWatch of kuberx/http': (options, http) => overHttp.listWatch(http, 'v1/pods', options),
};

/** A value of each option, and where a request shows it. A new option is a compile error here until it has one. */
const shown: { readonly [Name in keyof Required<CollectionOptions>]: [CollectionOptions[Name], RegExp] } = {
  namespace: ['web', /\/namespaces\/web\/pods/],
  labelSelector: ['app=web', /labelSelector=app%3Dweb/],
  fieldSelector: ['spec.nodeName=a', /fieldSelector=spec.nodeName%3Da/],
  metadataOnly: [true, /PartialObjectMetadata/],
};

describe('collectionOptionNames', () => {
  it.each(Object.keys(takers).flatMap((taker) => collectionOptionNames.map((name) => [taker, name] as const)))(
    'are taken by %s: %s',
    (taker, name) => {
      const requests: overHttp.HttpRequest[] = [];
      const [value, where] = shown[name];
      const listerWatcher = takers[taker]!({ [name]: value }, (request) => {
        requests.push(request);
        return NEVER;
      });
      const subscription = listerWatcher.list({}).subscribe();
      expect(`${requests[0]!.path} ${requests[0]!.headers['accept']}`).toMatch(where);
      subscription.unsubscribe();
    },
  );
});

describe('optionsNamed', () => {
  it('reads by name, so that an option counts on a prototype and behind a getter', () => {
    const inherited = Object.create({ namespace: 'a' }) as CollectionOptions;
    expect(optionsNamed(inherited, collectionOptionNames)).toMatchObject({ namespace: 'a' });
  });

  it('refuses an unknown name, and lists the known ones', () => {
    const misspelt = { namespaces: 'a' } as CollectionOptions;
    expect(() => optionsNamed(misspelt, collectionOptionNames)).toThrow(
      'namespaces is not an option of a list and watch; it has namespace, labelSelector, fieldSelector, metadataOnly.',
    );
    expect(optionsNamed(misspelt, collectionOptionNames, ['namespaces'])).not.toHaveProperty('namespaces');
  });
});
