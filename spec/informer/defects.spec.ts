import { concat, delay, filter, firstValueFrom, from, NEVER, of, tap, throwError } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  conflateByKey,
  filterChanged,
  type InformerEvent,
  KubeError,
  type KubernetesObject,
  seconds,
  sharedInformer,
} from 'kuberx';
import { listWatch } from 'kuberx/client-node';
import { added, buildObject, fakeListerWatcher, initialEventsEnd, modified, open, page } from 'kuberx/testing';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import { KubeConfig } from '@kubernetes/client-node';
import { inWords, play } from './scene.ts';

const changes = (note: (line: string) => void) => (event: InformerEvent<KubernetesObject>) => note(inWords(event));

describe('defects of stores and events elsewhere, and not here', () => {
  it('an object that vanishes in a relist and gets no event', () => {
    const lines = play(['oabm-x', 'oan'], ({ informer, note, at }) => {
      const subscription = informer.events$.subscribe(changes(note));
      at(seconds(3), () => subscription.unsubscribe());
    });
    expect(lines.at(-1)).toBe('1002: deleted b@3 unseen');
  });

  it('a consumer that is woken before the commit', () => {
    const read: (string | undefined)[] = [];
    play(['oabm-x', 'oAcn'], ({ informer, at }) => {
      const subscription = informer.events$.subscribe(({ object }) =>
        read.push(informer.store.getByKey(`default/${object.metadata.name}`)?.metadata.resourceVersion),
      );
      at(seconds(3), () => subscription.unsubscribe());
    });
    expect(read).toEqual(['4', '3', undefined, '6', '8']);
  });

  it('a deletion that a distinct filter swallows', () => {
    const lines = play(['oabm-B-d'], ({ informer, note, at }) => {
      const subscription = informer.events$.pipe(filterChanged('labels')).subscribe(changes(note));
      at(9, () => subscription.unsubscribe());
    });
    expect(lines.slice(2)).toEqual(['7: deleted b@9']);
  });

  it('a list that shrinks while its pages arrive', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => buildObject(`default/${name}`, '1'));
    const expired = new KubeError({ reason: 'Expired', code: 410, resource: 'v1/pods', message: 'too old' });
    const sizes = play(
      [
        { list: of(page([a!], '9', { continue: 'more' })) },
        { list: of(page([b!], '9')) },
        'ox',
        { list: throwError(() => expired) },
        { list: of(page([a!], '30', { continue: 'more' })) },
        { list: of(page([b!, c!], '30')).pipe(delay(50)) },
        'o',
      ],
      ({ informer, note, at }) => {
        const subscription = informer.snapshot$.subscribe(({ size }) => note(String(size)));
        at(1030, () => note(`${informer.snapshot$.value.size} in between`));
        at(seconds(30), () => subscription.unsubscribe());
      },
      { streaming: false },
    );
    expect(sizes).toEqual(['0: 2', '1030: 2 in between', '1050: 3']);
  });

  it('a buffer that loses what exceeds it: 1,000 events at once', () => {
    const frames = [
      open,
      initialEventsEnd('1'),
      ...Array.from({ length: 3000 }, (_, i) => added(buildObject(`default/o${i}`, String(i + 2)))),
    ];
    const informer = sharedInformer(fakeListerWatcher([{ watch: concat(from(frames), NEVER) }]));
    let [each, conflated] = [0, 0];
    const subscription = informer.events$.subscribe(() => each++);
    // Slow: nothing of it is done before everything has arrived.
    subscription.add(
      informer.events$
        .pipe(
          conflateByKey(() =>
            of(0).pipe(
              delay(0),
              tap(() => conflated++),
            ),
          ),
        )
        .subscribe(),
    );
    expect(each).toBe(3000);
    return new Promise<void>((resolve) => {
      const check = setInterval(() => {
        if (conflated < 3000) return;
        clearInterval(check);
        subscription.unsubscribe();
        resolve();
      });
    });
  });

  it('a cap on the objects that are kept, and a list that is spread over arguments: 130,000 objects', async () => {
    const objects = Array.from({ length: 130_000 }, (_, i) => buildObject(`default/o${i}`, '1'));
    const informer = sharedInformer(
      fakeListerWatcher([
        { list: of(page(objects, '5')) },
        { watch: concat(of(open, modified(buildObject('default/o7', '6'))), NEVER) },
      ]),
      { streaming: false },
    );
    let told = 0;
    const connection = informer.events$.subscribe(() => told++);
    await informer.whenSynced();
    expect(informer.lister.list()).toHaveLength(130_000);
    expect(told).toBe(130_001);
    let late = 0;
    informer.events$.subscribe(() => late++).unsubscribe();
    expect(late).toBe(130_000);
    connection.unsubscribe();
  });

  it('a deletion and a new creation that are seen as an update', () => {
    for (const watches of [['oam-e'], ['oam-x', 'oen']]) {
      const lines = play(watches, ({ informer, note, at }) => {
        const subscription = informer.events$.subscribe(changes(note));
        at(seconds(3), () => subscription.unsubscribe());
      });
      expect(lines.slice(1).map((line) => line.replace(/^\d+: /, ''))).toEqual(['deleted a@4 unseen', 'added a@10']);
    }
  });

  describe('over the wire', () => {
    const served = async (): Promise<{ readonly server: ApiServer; readonly kubeConfig: KubeConfig }> => {
      const server = await apiServer();
      onTestFinished(() => server.stop());
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromFile(server.writeKubeconfig());
      return { server, kubeConfig };
    };
    const configMap = (name: string): object => ({
      metadata: { name, namespace: 'default' },
      data: { k: 'v' },
    });
    // The embedded server knows the members of a ConfigMap, and leaves others out.
    const pod = (name: string): object => ({
      metadata: { name, namespace: 'default' },
      spec: { nodeName: 'n', futureField: 1 },
      futureTop: { x: 1 },
    });

    it.each([true, false])(
      'objects of a list and of a watch that differ in shape, or lack unknown fields (streaming %s)',
      async (streaming) => {
        const { server, kubeConfig } = await served();
        server.create('v1/pods', pod('listed'));
        const informer = sharedInformer(listWatch(kubeConfig, 'v1/pods'), { streaming });
        const connection = informer.connect();
        await informer.whenSynced();
        server.create('v1/pods', pod('watched'));
        await firstValueFrom(informer.observe('default/watched').pipe(filter(Boolean)));
        const [listed, watched] = ['listed', 'watched'].map((name) => informer.lister.get(`default/${name}`));
        const shapeOf = (object: object | undefined): unknown =>
          JSON.parse(
            JSON.stringify(object, (key, value: unknown) =>
              ['name', 'uid', 'resourceVersion', 'creationTimestamp', 'time'].includes(key) ? typeof value : value,
            ),
          );
        expect(shapeOf(watched)).toEqual(shapeOf(listed));
        expect(listed).toMatchObject({ apiVersion: 'v1', kind: 'Pod', spec: { futureField: 1 }, futureTop: { x: 1 } });
        connection.unsubscribe();
      },
    );

    it.each([true, false])(
      'metadata only in the list, and everything in the watch (streaming %s)',
      async (streaming) => {
        const { server, kubeConfig } = await served();
        server.create('v1/configmaps', configMap('listed'));
        const informer = sharedInformer(listWatch(kubeConfig, 'v1/configmaps', { metadataOnly: true }), { streaming });
        const connection = informer.connect();
        await informer.whenSynced();
        server.create('v1/configmaps', configMap('watched'));
        await firstValueFrom(informer.observe('default/watched').pipe(filter(Boolean)));
        for (const object of informer.lister.list()) {
          expect(object.kind).toBe('PartialObjectMetadata');
          expect(Object.keys(object).sort()).toEqual(['apiVersion', 'kind', 'metadata']);
        }
        connection.unsubscribe();
      },
    );
  });
});
