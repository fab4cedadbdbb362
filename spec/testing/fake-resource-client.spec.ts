import { of, throwError, VirtualTimeScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { KubeError, type KubernetesObject, writerOf } from 'kuberx';
import { buildObject, type FakeClientAnswer, fakeResourceClient, status } from 'kuberx/testing';

const scheduler = (): TestScheduler => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
const pod = buildObject('default/a', '2');
const reference = { namespace: 'default', name: 'a' };

describe('fakeResourceClient', () => {
  it('answers each request in order, and remembers what was sent', async () => {
    const gone = { kind: 'Status', status: 'Success' } as const;
    const patch = { type: 'merge', body: { metadata: { labels: { a: 'b' } } } } as const;
    const client = fakeResourceClient([
      { get: of(pod) },
      { create: of(pod) },
      { update: of(pod) },
      { patch: of(pod) },
      { delete: of(gone) },
    ]);
    expect(await client.get(reference)).toBe(pod);
    await client.create({ metadata: { generateName: 'a-' } } as never, { fieldManager: 'me' });
    await client.update(pod, { dryRun: true });
    await client.subresource('status').patch(reference, patch);
    expect(await client.delete(reference, { propagationPolicy: 'Orphan' })).toBe(gone);
    expect(client.requests).toMatchObject([
      { verb: 'get', key: 'default/a', subresource: undefined },
      { verb: 'create', key: '', object: { metadata: { generateName: 'a-' } }, options: { fieldManager: 'me' } },
      { verb: 'update', key: 'default/a', object: pod, options: { dryRun: true } },
      { verb: 'patch', key: 'default/a', subresource: 'status', patch },
      { verb: 'delete', key: 'default/a', options: { propagationPolicy: 'Orphan' } },
    ]);
    expect(client.openRequests).toBe(0);
  });

  it('sends nothing without a subscription, and once for each', () => {
    const client = fakeResourceClient(() => ({ get: of(pod) }));
    const request$ = client.get(reference);
    expect(client.requests).toHaveLength(0);
    request$.subscribe();
    request$.subscribe();
    expect(client.requests).toHaveLength(2);
  });

  it('answers in marbles, and knows when a request was aborted', () => {
    scheduler().run(({ cold, expectObservable, flush }) => {
      const conflict = new KubeError({ reason: 'Conflict', resource: 'v1/pods', message: 'another was first' });
      const client = fakeResourceClient(
        [{ patch: '--#', error: conflict }, { get: '---(p|)' }, { delete: '9s (p|)' }],
        { cold, values: { p: pod } },
      );
      expectObservable(client.patch(reference, { type: 'merge', body: {} })).toBe('--#', undefined, conflict);
      expectObservable(client.get(reference)).toBe('---(p|)', { p: pod });
      expectObservable(client.delete(reference), '^-----!').toBe('-');
      cold('---x').subscribe(() => expect(client.openRequests).toBe(2));
      flush();
      expect(client.requests.map(({ at, endedAt }) => [at, endedAt])).toEqual([
        [0, 2],
        [0, 3],
        [0, 6],
      ]);
    });
  });

  it('serves what writes: an edit that meets a conflict reads and tries again', async () => {
    const conflict = new KubeError({ reason: 'Conflict', resource: 'v1/pods', message: 'another was first' });
    const client = fakeResourceClient([{ patch: throwError(() => conflict) }, { get: of(pod) }, { patch: of(pod) }]);
    const labels = { seen: 'yes' };
    await writerOf(client).edit(buildObject('default/a', '1'), (draft) => void (draft.metadata.labels = labels));
    expect(client.requests.map(({ verb, key }) => `${verb} ${key}`)).toEqual([
      'patch default/a',
      'get default/a',
      'patch default/a',
    ]);
  });

  it('names its resource and the subresource', () => {
    const client = fakeResourceClient([], { resource: 'apps/v1/deployments' });
    expect([client.resource, client.subresource('scale').resource]).toEqual([
      'apps/v1/deployments',
      'apps/v1/deployments/scale',
    ]);
  });

  it('fails a request beyond the script, and any request where the answer is an error alone', () => {
    const errors: unknown[] = [];
    const error = (cause: unknown): void => void errors.push(cause instanceof KubeError ? cause.message : cause);
    const client = fakeResourceClient([{ error: 'away' }]);
    client.delete(reference).subscribe({ error });
    client.subresource('status').get(reference).subscribe({ error });
    expect(errors).toEqual(['away', 'v1/pods: request 2 is get default/a (status), and the script ends before it']);
  });

  it.each<[string, FakeClientAnswer<KubernetesObject>[], RegExp]>([
    [
      'an update where a get is asked',
      [{ update: of(pod) }],
      /request 1 is get default\/a, and the script has an update$/,
    ],
    ['a letter without a value', [{ get: '(q|)' }], /the script answers with a letter that stands for nothing$/],
    [
      'an answer without a verb',
      [pod as never],
      /and the script has neither a get, a create, an update, a patch, a delete nor an error$/,
    ],
  ])('fails the test whose script does not fit: %s', (_, script, sentence) => {
    const run = (): void =>
      scheduler().run(({ cold, flush }) => {
        fakeResourceClient(script, { cold, values: { p: pod } })
          .get(reference)
          .subscribe({ error: () => undefined });
        flush();
      });
    expect(run).toThrow(sentence);
  });

  it('fails the test that has marbles without cold', () => {
    const time = new VirtualTimeScheduler();
    fakeResourceClient([{ get: '(p|)' }], { scheduler: time })
      .get(reference)
      .subscribe({ error: () => undefined });
    expect(() => time.flush()).toThrow(/need the option `cold`/);
  });

  it('answers with a Status where the script does', async () => {
    const { object } = { object: status(404, 'NotFound') };
    const client = fakeResourceClient([{ delete: of(object) }]);
    expect(await client.delete(reference)).toBe(object);
  });
});
