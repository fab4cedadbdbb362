import type { V1Pod } from '@kubernetes/client-node';
import { concatMap, map, NEVER, of } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type CacheEvent,
  type KubernetesObject,
  type Mutable,
  type Raw,
  reflector,
  type SharedInformer,
  sharedInformer,
  store as makeStore,
  type Transform,
  type TransformError,
} from 'kuberx';
import { realFifo } from 'kuberx/queue';
import { mutationOverlay, onCopy } from 'kuberx/store';
import { informerFactory } from 'kuberx/client-node';
import { listWatch } from 'kuberx/rest';
import { buildObject, fakeListerWatcher, page } from 'kuberx/testing';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import { kubeConfigOf } from '../client-node/kube-config-of.ts';
import { eventually } from '../eventually.ts';

type Pod = Raw<V1Pod>;
type PodTransform = Transform<Pod>;

const count = 200;
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'rs-uid', controller: true };
const managedFields = [{ manager: 'kubectl', operation: 'Update', fieldsV1: { 'f:metadata': { 'f:labels': {} } } }];
const container = { name: 'web', image: 'registry.example.io/web:1', env: [{ name: 'MODE', value: 'in the cluster' }] };

/** A server with so many pods of one owner, whose siblings are known by the tenth. */
async function served(): Promise<{ server: ApiServer; update: (index: number, revision: string) => void }> {
  const server = await apiServer();
  onTestFinished(() => server.stop({ how: 'reset' }));
  const update = (index: number, revision: string): void => {
    const metadata = { name: `web-${index}`, namespace: 'default', labels: { app: 'web' }, annotations: { revision } };
    const whole = { ...metadata, ownerReferences: [owner], managedFields };
    const spec = { nodeName: `n${index % 5}`, containers: [container] };
    server.apply('v1/pods', { apiVersion: 'v1', kind: 'Pod', metadata: whole, spec });
  };
  for (let index = 0; index < count; index++) update(index, '1');
  return { server, update };
}

const pods = ({ url }: ApiServer) => listWatch<V1Pod>({ server: url }, 'v1/pods');
const revisionOf = ({ metadata }: Pod): string | undefined => metadata.annotations?.['revision'];

/** As every user of client-go writes it. */
const inPlace: PodTransform = (pod) => {
  delete pod.metadata.managedFields;
  for (const each of pod.spec?.containers ?? []) delete each.env;
  return pod;
};

async function started(informer: SharedInformer<Pod>): Promise<SharedInformer<Pod>> {
  const connection = informer.connect();
  onTestFinished(() => connection.unsubscribe());
  await informer.whenSynced();
  return informer;
}

describe('a transform that changes the object in place', () => {
  it.each([
    ['by pages', false],
    ['in a stream', true],
  ])('gets all pods of one owner in, and their updates, %s', async (_, streaming) => {
    const { server, update } = await served();
    const errors: TransformError[] = [];
    const onTransformError = (error: TransformError): void => void errors.push(error);
    const informer = await started(sharedInformer(pods(server), { streaming, transform: inPlace, onTransformError }));
    expect(errors).toEqual([]);
    expect(informer.snapshot$.value.size).toBe(count);
    for (let index = 0; index < count; index += 2) update(index, '2');
    await eventually(() =>
      expect(informer.snapshot$.value.list().filter((pod) => revisionOf(pod) === '2')).toHaveLength(count / 2),
    );
    expect(errors).toEqual([]);
    for (const { metadata, spec } of informer.snapshot$.value.list()) {
      expect(metadata).not.toHaveProperty('managedFields');
      expect(spec?.containers).toEqual([{ name: container.name, image: container.image }]);
      expect([metadata, spec?.containers[0]].every(Object.isFrozen)).toBe(true);
    }
  });

  it('reaches no other pod, no other informer of the same parser, and no earlier snapshot', async () => {
    const { server, update } = await served();
    const listerWatcher = pods(server);
    const plain = await started(sharedInformer(listerWatcher));
    const named = await started(
      sharedInformer(listerWatcher, {
        transform: (pod) => {
          delete pod.metadata.managedFields;
          for (const each of pod.spec?.containers ?? []) each.image = `${pod.metadata.name}:${revisionOf(pod) ?? ''}`;
          return pod;
        },
      }),
    );
    const before = named.snapshot$.value;
    update(3, '2');
    await eventually(() => expect(revisionOf(named.lister.namespace('default').get('web-3'))).toBe('2'));
    await eventually(() => expect(revisionOf(plain.lister.namespace('default').get('web-3'))).toBe('2'));
    const imageOf = ({ spec }: Pod): string | undefined => spec?.containers[0]?.image;
    for (const pod of named.snapshot$.value.list()) {
      expect(imageOf(pod)).toBe(`${pod.metadata.name}:${pod.metadata.name === 'web-3' ? '2' : '1'}`);
    }
    expect(imageOf(before.getByKey('default/web-3')!)).toBe('web-3:1');
    for (const pod of plain.snapshot$.value.list()) {
      expect(imageOf(pod)).toBe(container.image);
      expect(pod.metadata.managedFields).toEqual(managedFields);
    }
  });

  it('shares among siblings what it left as it was, as if there were none', async () => {
    const { server } = await served();
    const transform: PodTransform = (pod) => {
      delete pod.metadata.managedFields;
      return pod;
    };
    const informer = await started(sharedInformer(pods(server), { transform }));
    const containers = informer.snapshot$.value.list().map(({ spec }) => spec?.containers);
    expect(new Set(containers).size).toBeLessThanOrEqual(2);
  });

  it('may keep what it was given, and change it later', async () => {
    const { server } = await served();
    const given: Mutable<Pod>[] = [];
    const transform: PodTransform = (pod) => {
      given.push(pod);
      return { ...pod, spec: { containers: [], nodeName: pod.spec?.nodeName ?? '' } };
    };
    const informer = await started(sharedInformer(pods(server), { transform }));
    for (const pod of given) pod.spec!.containers[0]!.env = [];
    expect(given).toHaveLength(count);
    expect(informer.snapshot$.value.list().every(({ spec }) => spec?.containers.length === 0)).toBe(true);
    const plain = await started(sharedInformer(pods(server)));
    expect(plain.snapshot$.value.list().every(({ spec }) => spec?.containers[0]?.env?.length === 1)).toBe(true);
  });

  it('changes nothing of an object that a ListerWatcher gives to several', () => {
    const object = buildObject('default/a', '1', { metadata: { labels: { app: 'web' }, managedFields } });
    const text = JSON.stringify(object);
    const listerWatcher = () => fakeListerWatcher([{ list: of(page([object], '1')) }, { watch: NEVER }]);
    for (const label of ['one', 'two']) {
      const informer = sharedInformer(listerWatcher(), {
        streaming: false,
        transform: (each) => {
          each.metadata.labels = { ...each.metadata.labels, [label]: 'yes' };
          delete each.metadata.managedFields;
          return each;
        },
      });
      informer.connect().unsubscribe();
      expect(informer.lister.list().map(({ metadata }) => metadata.labels)).toEqual([{ app: 'web', [label]: 'yes' }]);
      expect(JSON.stringify(object)).toBe(text);
    }
  });

  it('is one of a factory too', async () => {
    const { server } = await served();
    const factory = informerFactory(kubeConfigOf(server.url), {
      transform: (object) => {
        delete object.metadata.managedFields;
        return object;
      },
    });
    onTestFinished(() => factory.shutdown());
    const informer = factory.informer('v1/pods');
    factory.connect();
    await factory.waitForCacheSync();
    const left = informer.snapshot$.value.list().filter(({ metadata }) => metadata.managedFields === undefined);
    expect(left).toHaveLength(count);
  });

  it('stands behind a reflector by onCopy, for a store and for a queue', async () => {
    const { server } = await served();
    const store = makeStore<Pod>();
    const queue = realFifo<Pod>();
    const copied = onCopy(inPlace);
    const events$ = reflector(pods(server), { streaming: false, admit: (pod) => store.admit(copied(pod)) });
    const subscription = events$.subscribe(store);
    subscription.add(reflector(pods(server), { streaming: false, admit: copied }).subscribe(queue));
    onTestFinished(() => subscription.unsubscribe());
    const taken: Pod[] = [];
    const worker = queue
      .process(({ delta }) => of(delta))
      .pipe(concatMap((delta) => of(...(delta.type === 'ReplacedAll' ? delta.objects : []))))
      .subscribe((pod) => taken.push(pod));
    subscription.add(worker);
    await eventually(() => expect([store.list().length, taken.length]).toEqual([count, count]));
    for (const pod of [...store.list(), ...taken]) expect(pod.metadata).not.toHaveProperty('managedFields');
  });

  it('stands in front of a store as an operator by onCopy', () => {
    const object = buildObject('default/a', '1', { metadata: { managedFields } });
    const store = makeStore<KubernetesObject>();
    const other = makeStore<KubernetesObject>();
    const event: CacheEvent<KubernetesObject> = { type: 'Added', object, resourceVersion: '1' };
    other.next(event);
    const withoutFields = onCopy((each: Mutable<KubernetesObject>) => {
      delete each.metadata.managedFields;
      return each;
    });
    of(event)
      .pipe(map((each) => ('object' in each ? { ...each, object: withoutFields(each.object) } : each)))
      .subscribe(store);
    expect(store.list()[0]?.metadata).not.toHaveProperty('managedFields');
    expect(other.list()[0]?.metadata).toHaveProperty('managedFields', managedFields);
  });

  it('changes nothing of what a MutationOverlay is told, be it its own or that of its informer', async () => {
    const { server } = await served();
    const informer = await started(sharedInformer(pods(server), { transform: inPlace }));
    const plain = await started(sharedInformer(pods(server)));
    const stored = plain.snapshot$.value.getByKey('default/web-150')!;
    const answer = JSON.parse(
      JSON.stringify(stored).replace(/"resourceVersion":"\d+"/, '"resourceVersion":"9999"'),
    ) as Pod;
    for (const overlay of [mutationOverlay(informer), mutationOverlay(plain, { transform: inPlace })]) {
      overlay.written(answer);
      const shown = overlay.snapshot$.value.getByKey('default/web-150');
      expect(shown?.metadata).toMatchObject({ resourceVersion: '9999' });
      expect(shown?.metadata).not.toHaveProperty('managedFields');
      expect(answer.metadata.managedFields).toEqual(managedFields);
      overlay.clear();
    }
    expect(informer.transform(stored).metadata).not.toHaveProperty('managedFields');
    expect(stored.metadata.managedFields).toEqual(managedFields);
  });
});
