import { NEVER, Observable, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  eachChangeFrom,
  eachValueFrom,
  type KubernetesObject,
  latestValueFrom,
  type ListerWatcher,
  mergeInformers,
  sharedInformer,
  sharedInformerFactory,
  takeUntilAborted,
  waitFor,
  waitForCacheSync,
} from 'kuberx';
import type { SignalOptions } from '#src/informer/waiting/first-match.ts';

let requests = 0;
const silent$ = new Observable<never>(() => {
  requests += 1;
  return () => (requests -= 1);
});
const server: ListerWatcher<KubernetesObject> = { resource: 'v1/pods', list: () => silent$, watch: () => silent$ };
const informer = sharedInformer(server);
const factory = sharedInformerFactory(() => server);

/** Everything that takes a signal, and fails at the call. */
const takers: Readonly<Record<string, (options: SignalOptions) => unknown>> = {
  'whenSynced of an informer': (options) => informer.whenSynced(options),
  'waitFor of an informer': (options) => informer.waitFor('a', () => true, options),
  'connect of an informer': (options) => informer.connect(options),
  'addEventHandler of an informer': (options) => informer.addEventHandler({}, options),
  'whenSynced of a registration': async (options) => {
    const registration = informer.addEventHandler({});
    await registration.whenSynced(options).finally(() => registration.remove());
  },
  sharedInformer: ({ signal }) => sharedInformer(server, { signal }),
  'connect of a factory': (options) => factory.connect(options),
  'waitForCacheSync of a factory': (options) => factory.waitForCacheSync(options),
  sharedInformerFactory: ({ signal }) => sharedInformerFactory(() => server, { signal }),
  'a factory with options by resource': ({ signal }) =>
    sharedInformerFactory(
      () => server,
      () => ({ signal }),
    ).informer('v1/pods'),
  'whenSynced of merged informers': (options) => mergeInformers({ one: informer }).whenSynced(options),
  waitForCacheSync: (options) => waitForCacheSync([informer], options),
  waitFor: (options) => waitFor(NEVER, () => true, options),
  eachValueFrom: (options) => eachValueFrom(of(1), options),
  latestValueFrom: (options) => latestValueFrom(of(1), options),
  eachChangeFrom: (options) => eachChangeFrom(NEVER, options),
  takeUntilAborted: ({ signal }) => takeUntilAborted(signal!),
};

async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return 'none';
}

describe.each(Object.entries(takers))('%s', (_, take) => {
  it.each<[given: unknown, kind: string]>([
    [{}, 'of type object'],
    [new AbortController(), 'of type object'],
    ['abort', 'of type string'],
    [1000, 'of type number'],
    [false, 'of type boolean'],
  ])('refuses a signal that is %j at once, and holds nothing', async (given, kind) => {
    const error = await failureOf(() => take({ signal: given as AbortSignal }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toBe(
      `signal is ${kind}; it takes an AbortSignal, such as the signal of an AbortController. Nothing was started.`,
    );
    expect(requests).toBe(0);
  });
});

it('a signal that a polyfill has made is one', async () => {
  const polyfilled = {
    aborted: true,
    reason: new Error('enough'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  await expect(informer.whenSynced({ signal: polyfilled as unknown as AbortSignal })).rejects.toThrow('enough');
});
