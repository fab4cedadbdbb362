import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { asyncScheduler, concat, defer, NEVER, observeOn, of, Subject } from 'rxjs';
import { expect, it } from 'vitest';
import { type KubernetesObject, type ListerWatcher, metaNamespaceKey, reflector, type WatchFrame } from 'kuberx';
import { added, buildObject, deleted, initialEventsEnd, open, page } from 'kuberx/testing';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it.each([
  ['a list', { streaming: false }],
  ['a streaming list', {}],
])('does not keep the objects of %s in memory that its subscriber has dropped', async (_, options) => {
  const made: WeakRef<KubernetesObject>[] = [];
  const make = (name: string): KubernetesObject => {
    const object = buildObject(`default/${name}`, '1');
    made.push(new WeakRef(object));
    return object;
  };
  const changes$ = new Subject<WatchFrame<KubernetesObject>>();
  const server: ListerWatcher<KubernetesObject> = {
    resource: 'v1/pods',
    list: () => defer(() => of(page([make('dropped'), make('kept')], '5'))).pipe(observeOn(asyncScheduler)),
    watch: ({ sendInitialEvents }) =>
      concat(
        defer(() =>
          sendInitialEvents
            ? of(open, added(make('dropped')), added(make('kept')), initialEventsEnd('5'))
            : of<WatchFrame<KubernetesObject>>(open),
        ).pipe(observeOn(asyncScheduler)),
        changes$,
        NEVER,
      ),
  };
  const held = new Map<string, KubernetesObject>();
  const subscription = reflector(server, options).subscribe((event) => {
    if (event.type === 'Replaced') for (const object of event.objects) held.set(metaNamespaceKey(object), object);
    if (event.type === 'Deleted') held.delete(metaNamespaceKey(event.object));
  });
  await expect.poll(() => held.size).toBe(2);
  await expect.poll(() => changes$.observed).toBe(true);
  changes$.next(deleted(buildObject('default/dropped', '6')));
  expect([...held.keys()]).toEqual(['default/kept']);

  const isGone = (): boolean => {
    collectGarbage();
    return made[0]?.deref() === undefined;
  };
  await expect.poll(isGone, { timeout: 10_000 }).toBe(true);
  expect(made[1]?.deref()).toBe(held.get('default/kept'));
  subscription.unsubscribe();
});
