import { getEventListeners } from 'node:events';
import { concat, map, NEVER, of, throwError, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  CacheSyncError,
  KubeError,
  type KubernetesObject,
  mergeInformers,
  type SharedInformer,
  sharedInformer,
  WaitEndedError,
  waitForCacheSync,
} from 'kuberx';
import { exists, not } from 'kuberx/conditions';
import { fakeListerWatcher, initialEventsEnd, open } from 'kuberx/testing';

type Informer = SharedInformer<KubernetesObject>;

/** An informer of a resource that is empty, never answers, or is forbidden. */
function informerOf(
  resource: string,
  answer: 'empty' | 'silent' | 'forbidden',
  signal?: AbortSignal,
): SharedInformer<KubernetesObject> {
  const forbidden = new KubeError({ reason: 'Forbidden', resource, message: 'no list for you' });
  const refused$ = throwError(() => forbidden);
  const watch$ = answer === 'empty' ? concat(of(open, initialEventsEnd('5')), NEVER) : NEVER;
  const server = fakeListerWatcher(
    ({ verb }) => {
      if (verb === 'list') return { list: refused$ };
      return { watch: answer === 'forbidden' ? refused$ : watch$ };
    },
    { resource },
  );
  return sharedInformer(server, { signal });
}

const errorOf = async (wait: Promise<void>): Promise<CacheSyncError> => {
  const error: unknown = await wait.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CacheSyncError);
  return error as CacheSyncError;
};

describe('waitForCacheSync', () => {
  it('resolves when all have synced, and holds them for a turn longer', async () => {
    const informers = [informerOf('v1/pods', 'empty'), informerOf('v1/nodes', 'empty')];
    await waitForCacheSync(informers);
    expect(informers.map((informer) => informer.hasSynced$.value)).toEqual([true, true]);
    expect(informers.map((informer) => informer.status$.value.phase)).toEqual(['watching', 'watching']);
    await expect.poll(() => informers.map((informer) => informer.status$.value.phase)).toEqual(['stopped', 'stopped']);
  });

  it.each([
    ['waitForCacheSync', async (...informers) => waitForCacheSync(informers)],
    ['merged informers', async (one, other) => waitForCacheSync([mergeInformers({ one, other })])],
    ['merged informers, whenSynced', async (one, other) => mergeInformers({ one, other }).whenSynced()],
    ['whenSynced', async (_, other) => other.whenSynced()],
    ['waitFor', async (_, other) => other.waitFor('a', not(exists))],
  ] satisfies [string, (...informers: [Informer, Informer]) => Promise<unknown>][])(
    'does not stop and start again who is subscribed to after it: %s',
    async (_, wait) => {
      const phases: string[][] = [[], []];
      const late$ = timer(20).pipe(map(() => initialEventsEnd('5')));
      const informers = [
        informerOf('v1/pods', 'empty'),
        sharedInformer(fakeListerWatcher([{ watch: concat(of(open), late$, NEVER) }])),
      ] as [Informer, Informer];
      informers.forEach(({ status$ }, index) => status$.subscribe(({ phase }) => phases[index]!.push(phase)));
      await wait(...informers);
      const subscriptions = informers.map(({ events$ }) => events$.subscribe());
      await new Promise((resolve) => void setTimeout(resolve, 20));
      expect(phases).toEqual(phases.map(() => expect.not.arrayContaining(['stopped']) as string[]));
      expect(informers.map((informer) => informer.status$.value.phase)).toEqual(['watching', 'watching']);
      subscriptions.forEach((subscription) => subscription.unsubscribe());
      expect(informers.map((informer) => informer.status$.value.phase)).toEqual(['stopped', 'stopped']);
    },
  );

  it('starts nothing where all have synced already', async () => {
    const informer = informerOf('v1/pods', 'empty');
    await waitForCacheSync([informer]);
    await expect.poll(() => informer.status$.value.phase).toBe('stopped');
    await waitForCacheSync([informer]);
    expect(informer.status$.value.phase).toBe('stopped');
  });

  it('takes a handler that has synced, that was removed since, and of an informer that has ended since', async () => {
    const end = new AbortController();
    const informer = informerOf('v1/pods', 'empty', end.signal);
    const registration = informer.addEventHandler({});
    await waitForCacheSync([informer, registration]);
    await waitForCacheSync([informer, registration]);
    await registration.whenSynced();
    registration.remove();
    await registration.whenSynced();
    end.abort();
    await waitForCacheSync([informer, registration]);
  });

  it('rejects for a handler whose informer has ended before that', async () => {
    const end = new AbortController();
    const registration = informerOf('v1/pods', 'silent', end.signal).addEventHandler({});
    const waits = [registration.whenSynced(), waitForCacheSync([registration])].map((wait) => wait.catch(String));
    end.abort();
    const sentence = 'the sync of a handler of v1/pods can no longer happen: its stream has ended';
    expect(await Promise.all(waits)).toEqual([
      `WaitEndedError: ${sentence}`,
      `CacheSyncError: not synced: number 1; ${sentence}`,
    ]);
    await expect(registration.whenSynced()).rejects.toThrow(sentence);
  });

  it('resolves at once where there is nothing to wait for', async () => {
    await waitForCacheSync([]);
    await waitForCacheSync(new Set());
  });

  it('refuses what is not a list of informers, rather than to have nothing to wait for', async () => {
    const informer = informerOf('v1/pods', 'silent');
    await expect(waitForCacheSync(informer as never)).rejects.toThrow(/is not iterable/);
    await expect(waitForCacheSync(null as never)).rejects.toThrow(/takes informers in an array.* is not iterable/);
    await expect(waitForCacheSync([informer, {}] as never)).rejects.toThrow(/number 2 has no whenSynced/);
  });

  it('names those that have not synced when the signal is aborted, sorted, and why their requests failed', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const silent = informerOf('v1/secrets', 'silent');
    const forbidden = informerOf('v1/pods in blue', 'forbidden');
    const wait = errorOf(waitForCacheSync([informerOf('v1/nodes', 'empty'), silent, forbidden], { signal }));
    await expect.poll(() => forbidden.status$.value.lastError).toBeDefined();
    controller.abort(new Error('a minute has passed'));
    const error = await wait;
    expect(error.message).toBe(
      `not synced: v1/pods in blue (${forbidden.status$.value.lastError?.message}), v1/secrets; a minute has passed`,
    );
    expect(error.cause).toEqual(new Error('a minute has passed'));
    expect(error.unsynced).toEqual([
      { resource: 'v1/pods in blue', lastError: forbidden.status$.value.lastError, cause: error.cause },
      { resource: 'v1/secrets', lastError: undefined, cause: error.cause },
    ]);
    expect([silent, forbidden].map((informer) => informer.status$.value.phase)).toEqual(['stopped', 'stopped']);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('does not begin where the signal is aborted already', async () => {
    const informer = informerOf('v1/pods', 'empty');
    const error = await errorOf(waitForCacheSync([informer], { signal: AbortSignal.abort('too late') }));
    expect(error).toMatchObject({ message: 'not synced: v1/pods; too late', cause: 'too late' });
    expect(informer.status$.value.phase).toBe('idle');
  });

  it('names one that has ended before it synced', async () => {
    const ended = informerOf('v1/pods', 'empty', AbortSignal.abort());
    const error = await errorOf(waitForCacheSync([ended, informerOf('v1/nodes', 'empty')]));
    expect(error.message).toBe('not synced: v1/pods; the sync of v1/pods can no longer happen: its stream has ended');
    expect(error.cause).toBeInstanceOf(WaitEndedError);
  });

  it('names the parts of merged informers, and handlers by their number', async () => {
    const controller = new AbortController();
    const merged = mergeInformers({ blue: informerOf('v1/pods', 'empty'), green: informerOf('v1/pods', 'silent') });
    const registration = informerOf('v1/nodes', 'silent').addEventHandler({});
    const wait = errorOf(waitForCacheSync([registration, merged], { signal: controller.signal }));
    await expect.poll(() => merged.snapshot$.value.parts.get('blue')?.synced).toBe(true);
    controller.abort();
    registration.remove();
    expect((await wait).message).toBe('not synced: number 1, v1/pods of green; This operation was aborted');
  });
});
