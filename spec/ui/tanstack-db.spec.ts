import { runInThisContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject, ListerWatcher, SharedInformer } from 'kuberx';
import { fetchHttpClient, listWatch } from 'kuberx/http';
import { apiServer } from 'kuberx/testing/apiserver';
import { eventually } from '../eventually.ts';
import { bundle } from './bundle.ts';

/** What the entry below makes of a ListerWatcher. */
interface Opened {
  readonly informer: SharedInformer<KubernetesObject>;
  readonly collection: {
    readonly size: number;
    readonly toArray: readonly KubernetesObject[];
    cleanup(): Promise<void>;
  };
  /** Pods by descending name without `left-out`. */
  readonly names: () => string[];
  readonly close: () => Promise<void>;
}

const entry = `
  import { createLiveQueryCollection, eq, not } from '@tanstack/db';
  import { sharedInformer } from 'kuberx';
  import { collectionOf } from 'docs:TanStack DB';

  globalThis.openCollection = async (listerWatcher) => {
    const informer = sharedInformer(listerWatcher);
    const collection = collectionOf(informer);
    const query = createLiveQueryCollection((q) =>
      q
        .from({ pod: collection })
        .where(({ pod }) => not(eq(pod.metadata.name, 'left-out')))
        .orderBy(({ pod }) => pod.metadata.name, 'desc'),
    );
    await query.preload();
    const subscription = query.subscribeChanges(() => undefined);
    const names = () => query.toArray.map(({ metadata }) => metadata.name);
    const close = async () => {
      subscription.unsubscribe();
      await query.cleanup();
      await collection.cleanup();
    };
    return { informer, collection, names, close };
  };`;

const pod = (name: string, labels = {}): object => ({ metadata: { namespace: 'default', name, labels } });

describe('the collection of docs/ui.md in TanStack DB', () => {
  let open: (listerWatcher: ListerWatcher<KubernetesObject>) => Promise<Opened>;
  beforeAll(async () => {
    runInThisContext(await bundle(entry));
    open = (globalThis as unknown as { openCollection: typeof open }).openCollection;
  });

  it('has the objects of the informer, follows its commits, and ends its watch when it is cleaned up', async () => {
    await using server = await apiServer();
    for (const name of ['a', 'b', 'left-out']) server.create('v1/pods', pod(name));
    const { informer, collection, names, close } = await open(
      listWatch(fetchHttpClient({ server: server.url }), 'v1/pods'),
    );
    expect(names()).toEqual(['b', 'a']);
    server.create('v1/pods', pod('c'));
    server.delete('v1/pods', 'default/a');
    await eventually(() => expect(names()).toEqual(['c', 'b']));
    const held = () => collection.toArray.find(({ metadata }) => metadata.name === 'b')!.metadata;
    const { uid } = held();
    server.delete('v1/pods', 'default/b');
    const created = server.create('v1/pods', pod('b', { label: 'goes' }));
    await eventually(() => expect(held().labels).toEqual({ label: 'goes' }));
    expect([held().uid, uid]).toEqual([created.metadata.uid, expect.not.stringMatching(created.metadata.uid!)]);
    server.apply('v1/pods', pod('b'));
    await eventually(() => expect(held().labels ?? {}).toEqual({}));
    expect(collection.size).toBe(informer.snapshot$.value.size);

    await close();
    await eventually(() => expect(server.openStreams).toBe(0));
    expect(informer.status$.value.phase).toBe('stopped');
  });

  it('shows a relist as its difference, and a new uid under one key as the new object', async () => {
    await using server = await apiServer();
    for (const name of ['a', 'b']) server.create('v1/pods', pod(name));
    const { collection, names, close } = await open(listWatch(fetchHttpClient({ server: server.url }), 'v1/pods'));
    expect(names()).toEqual(['b', 'a']);
    server.failNext({ code: 410, verbs: ['watch'] });
    server.endStreams();
    server.delete('v1/pods', 'default/a');
    server.delete('v1/pods', 'default/b');
    const { metadata } = server.create('v1/pods', pod('b'));
    await eventually(() => expect(collection.toArray.map((each) => each.metadata.uid)).toEqual([metadata.uid]));
    expect(names()).toEqual(['b']);
    await close();
  });
});
