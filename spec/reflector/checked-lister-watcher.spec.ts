import { filter, firstValueFrom, ignoreElements, lastValueFrom, merge } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { listAndWatch, type ListerWatcher, reflector, sharedInformer, type KubernetesObject } from 'kuberx';

type Pods = ListerWatcher<KubernetesObject>;

const nothing = (): undefined => undefined;

const takers: readonly [string, (given: Pods) => unknown][] = [
  ['sharedInformer', (given) => sharedInformer(given)],
  ['listAndWatch', (given) => listAndWatch(given)],
  ['listAndWatch', (given) => reflector(given)],
];

describe.each(takers)('%s, given no ListerWatcher', (name, take) => {
  it.each([
    [null, 'is null and lacks the function list, the function watch, the text resource'],
    [undefined, 'is of type undefined and lacks the function list'],
    ['v1/pods', 'is of type string and lacks the function list'],
    [{}, 'is of type object and lacks the function list'],
    [{ list: nothing, resource: 'v1/pods' }, 'is of type object and lacks the function watch. Nothing was started'],
    [{ list: nothing, watch: nothing }, 'lacks the text resource. Nothing was started'],
  ])('says so: %j', (given, message) => {
    expect(() => take(given as unknown as Pods)).toThrow(TypeError);
    expect(() => take(given as unknown as Pods)).toThrow(`${name} takes a ListerWatcher`);
    expect(() => take(given as unknown as Pods)).toThrow(message);
  });
});

describe('a ListerWatcher of promises', () => {
  const promises = (resource: string): Pods =>
    ({ resource, list: () => Promise.resolve({}), watch: () => Promise.reject(new Error('dropped')) }) as never;

  it.each([
    ['watch', true],
    ['list', false],
  ])('is told that its %s has to return an Observable, and how', async (name, streaming) => {
    const failed = await lastValueFrom(listAndWatch(promises('v1/pods'), { streaming })()).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ name: 'KubeError', resource: 'v1/pods' });
    expect(String(failed)).toContain(`${name} of the ListerWatcher returned a promise; it has to be an Observable`);
    expect(String(failed)).toContain('defer(() => from(promise()))');
  });

  it('shows in the status of an informer, which tries again', async () => {
    const informer = sharedInformer(promises('v1/nodes'), { streaming: false });
    const status = await firstValueFrom(
      merge(informer.status$, informer.snapshot$.pipe(ignoreElements())).pipe(filter(({ attempt }) => attempt > 0)),
    );
    expect(status.lastError?.message).toContain('v1/nodes: list of the ListerWatcher returned a promise');
    expect(status.retryAt).toBeGreaterThan(0);
  });
});
