import { describe, expect, it } from 'vitest';
import type { KubernetesObject, ListerWatcher } from 'kuberx';
import { fakeListerWatcher } from 'kuberx/testing';
import { ResourceInformerFactory } from '#src/informer/many/resource-informer-factory.ts';
import type { CollectionOptions } from '#src/protocol/collection-options.ts';

const silent = (resource: string): ListerWatcher<KubernetesObject> => fakeListerWatcher([], { resource });

describe('ResourceInformerFactory', () => {
  it('asks once for a resource and selection, without what is empty', () => {
    const asked: [string, CollectionOptions][] = [];
    const factory = new ResourceInformerFactory((resource, selection) => {
      asked.push([resource, selection]);
      return silent(resource);
    }, {});
    const all = factory.informer('v1/pods');
    expect(factory.informer('v1/pods', { namespace: '', metadataOnly: false, labelSelector: undefined })).toBe(all);
    expect(factory.informer('v1/pods', { namespace: 'a' })).not.toBe(all);
    expect(asked).toEqual([
      ['v1/pods', {}],
      ['v1/pods', { namespace: 'a' }],
    ]);
  });

  it('refuses what is not about which objects', () => {
    const factory = new ResourceInformerFactory(silent, {});
    expect(() => factory.informer('v1/pods', { maxItemBytes: 1 } as object)).toThrow('maxItemBytes is not an option');
  });
});
