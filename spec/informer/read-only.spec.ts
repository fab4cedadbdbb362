import { NEVER, of } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type KubernetesObject,
  type ListerWatcher,
  mergeInformers,
  sharedInformer,
  type SharedInformer,
  sharedInformerFactory,
} from 'kuberx';
import { mutationOverlay } from 'kuberx/store';
import { buildObject } from 'kuberx/testing';
import { Store } from '#src/store/store.ts';

/** What writes to a store or to a stream, if it is there. */
const writing = [
  ...['add', 'update', 'delete', 'replace', 'resync', 'transaction', 'addIndexers', 'next', 'error', 'complete'],
  ...['admit', 'deliver', 'afterDelivery', 'forget', 'commit', 'record'],
];

const listerWatcher: ListerWatcher<KubernetesObject> = {
  resource: 'v1/pods',
  list: () => of({ items: [buildObject('default/a', '1')], resourceVersion: '1' }),
  watch: () => NEVER,
};

async function synced(): Promise<SharedInformer<KubernetesObject>> {
  const informer = sharedInformer(listerWatcher, { streaming: false });
  const held = informer.connect();
  onTestFinished(() => held.unsubscribe());
  await informer.whenSynced();
  return informer;
}

/** The functions of an object that write, its own, inherited ones and those of what it holds. */
function writersOf(face: object, seen = new Set<unknown>(), path = ''): string[] {
  if (seen.has(face)) return [];
  seen.add(face);
  const names = new Set<string>();
  for (let at: unknown = face; at instanceof Object && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  return [...names].flatMap((name) => {
    const held = (face as Record<string, unknown>)[name];
    if (typeof held === 'function') return writing.includes(name) ? [`${path}${name}`] : [];
    return typeof held === 'object' && held !== null ? writersOf(held, seen, `${path}${name}.`) : [];
  });
}

const faces: Readonly<Record<string, (informer: SharedInformer<KubernetesObject>) => object>> = {
  store: ({ store }) => store,
  lister: ({ lister }) => lister,
  'lister of a namespace': ({ lister }) => lister.namespace('default'),
  snapshot$: ({ snapshot$ }) => snapshot$,
  commits$: ({ commits$ }) => commits$,
  events$: ({ events$ }) => events$,
  status$: ({ status$ }) => status$,
  hasSynced$: ({ hasSynced$ }) => hasSynced$,
  'snapshot$ of the store': ({ store }) => store.snapshot$,
  'commits$ of the store': ({ store }) => store.commits$,
  'snapshot$ of several': (pods) => mergeInformers({ pods }).snapshot$,
  'events$ of several': (pods) => mergeInformers({ pods }).events$,
  'snapshot$ of an overlay': (pods) => mutationOverlay(pods).snapshot$,
};

describe('what an informer hands out to read', () => {
  it.each(Object.entries(faces))('has nothing to write by at run time: %s', async (_, faceOf) => {
    const face = faceOf(await synced());
    // A snapshot knows how the next one is made of it, which changes nothing of it.
    expect(writersOf(face).filter((name) => !name.includes('value.'))).toEqual([]);
  });

  it('fails on a call that only a cast makes possible, and goes on unchanged', async () => {
    const informer = await synced();
    const { snapshot$, store, events$, status$, hasSynced$ } = informer;
    const before = snapshot$.value;
    expect(() => (store as never as Store<KubernetesObject>).add(buildObject('default/b', '2'))).toThrow(TypeError);
    for (const stream$ of [snapshot$, events$, status$, hasSynced$, store.snapshot$, store.commits$]) {
      expect(() => (stream$ as never as { next: (value: unknown) => void }).next(undefined)).toThrow(TypeError);
    }
    expect(() => Object.assign(store, { getByKey: () => undefined })).toThrow(TypeError);
    expect(() => Object.assign(snapshot$, { value: undefined })).toThrow(TypeError);
    expect(snapshot$.value).toBe(before);
  });

  it('shares snapshots and statuses that nobody can write to, so that no reader spoils them for the others', async () => {
    const { snapshot$, commits$, status$ } = await synced();
    expect(() => Object.assign(snapshot$.value, { revision: -1 })).toThrow(TypeError);
    expect(() => Object.assign(snapshot$.value, { synced: false })).toThrow(TypeError);
    expect(() => Object.assign(status$.value, { phase: 'idle' })).toThrow(TypeError);
    commits$.subscribe();
    expect([snapshot$.value.synced, status$.value.phase]).toEqual([true, 'watching']);
  });

  it('leaves no way to the store behind it, nor of a factory', async () => {
    const factory = sharedInformerFactory(() => listerWatcher, { streaming: false });
    onTestFinished(() => factory.shutdown());
    for (const informer of [await synced(), factory.informer('v1/pods')]) {
      const reachable = Reflect.ownKeys(informer).map(
        (key) => (informer as never as Record<PropertyKey, unknown>)[key],
      );
      expect(reachable.filter((each) => each instanceof Store)).toEqual([]);
      expect(writersOf(informer).filter((name) => !name.includes('value.'))).toEqual(['addIndexers']);
    }
  });
});
