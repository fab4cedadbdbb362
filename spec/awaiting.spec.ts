import { defer, EMPTY, firstValueFrom, NEVER, type ObservableInput, of, throwError } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { concatMapByKey, type KubernetesObject, type ListWatchFunctions, listWatchOf, sharedInformer } from 'kuberx';
import { awaitable } from 'kuberx/http';
import { fifo } from 'kuberx/queue';
import { added, buildObject, fakeListerWatcher, initialEventsEnd, open, page } from 'kuberx/testing';
import { httpListerWatcher } from '#src/transport/http-lister-watcher.ts';
import { response } from './transport/responses.ts';

// What a user of promises would await. What a ResourceClient sends is in transport/http-resource-client.spec.ts.
describe('awaited', () => {
  const object = buildObject('default/a', '4');

  it('a list is asked for once, whichever ListerWatcher it is of', async () => {
    let sent = 0;
    const body = JSON.stringify({
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: { resourceVersion: '5' },
      items: [object],
    });
    const overHttp = httpListerWatcher<KubernetesObject>({
      http: () => defer(() => ((sent += 1), response(200, body))),
      resource: 'v1/pods',
      path: '/api/v1/pods',
      apiVersion: 'v1',
    });
    const ofFunctions = listWatchOf({
      list: () => ((sent += 1), Promise.resolve(page([object], '5'))),
      watch: () => NEVER,
    } satisfies ListWatchFunctions<KubernetesObject>);
    const { items } = await overHttp.list({});
    expect([items, sent]).toEqual([[object], 1]);
    expect([(await ofFunctions.list({})).resourceVersion, sent]).toEqual(['5', 2]);
    const fake = fakeListerWatcher([{ list: of(page([object], '5')) }]);
    expect((await fake.list({})).items).toEqual([object]);
    expect(fake.requests).toHaveLength(1);
  });

  it('a list of functions may be a request that can be awaited: it is sent once', async () => {
    let sent = 0;
    const request$ = awaitable(defer(() => ((sent += 1), of(page([object], '5')))));
    const listWatch = listWatchOf({
      list: () => request$,
      watch: () => NEVER,
    } satisfies ListWatchFunctions<KubernetesObject>);
    await listWatch.list({});
    expect(sent).toBe(1);
  });

  it('the events of an informer are handled until it ends', async () => {
    const ended = new AbortController();
    const informer = sharedInformer(fakeListerWatcher([{ watch: of(open, added(object), initialEventsEnd('5')) }]), {
      signal: ended.signal,
    });
    const told: string[] = [];
    await informer.concatMapByKey(({ type }) => {
      told.push(type);
      ended.abort();
      return EMPTY;
    });
    expect(told).toEqual(['added']);
  });

  it('the events of an informer are sent for once each, where a project returns what can be awaited', async () => {
    let sent = 0;
    function project(): ObservableInput<number> {
      return awaitable(defer(() => of((sent += 1))));
    }
    const done$ = of({ type: 'added', object, isInInitialList: true } as const).pipe(concatMapByKey(project));
    expect([await firstValueFrom(done$), sent]).toEqual([1, 1]);
  });

  it('the items of a queue are processed until it is closed and empty', async () => {
    const queue = fifo<KubernetesObject>();
    queue.add(object);
    queue.close();
    const processed$ = queue.process(() => of('done'));
    expect(queue.size).toBe(1);
    expect(await processed$).toBe('done');
    expect(queue.size).toBe(0);
    expectTypeOf(await processed$).toEqualTypeOf<string | undefined>();
    queue.add(object);
    expect(await queue.processBatches((items) => of(items.length))).toBe(1);
    queue.add(object);
    await expect(queue.process(() => throwError(() => new Error('refused')))).rejects.toMatchObject({
      reason: 'ProcessFailed',
    });
  });
});
