import { concatMap, defer, EMPTY, firstValueFrom, forkJoin, from, type Observable, of, throwError } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Awaitable, KubeError, type KubernetesObject, type ResourceClient } from 'kuberx';
import { type HttpClient, type HttpRequest, httpResourceClient, parseResource } from 'kuberx/http';
import { response } from './responses.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'a' } } satisfies KubernetesObject;

/** A client whose server answers every request so, and what it was sent. */
function clientOf(
  answer: () => ReturnType<HttpClient> = () => response(200, JSON.stringify(pod)),
  resource = 'v1/pods',
): { client: ResourceClient<KubernetesObject>; sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  function http(request: HttpRequest): ReturnType<HttpClient> {
    return defer(() => {
      sent.push(request);
      return answer();
    });
  }
  return { client: httpResourceClient<KubernetesObject>({ http, resource: parseResource(resource) }), sent };
}

type Call = (client: ResourceClient<KubernetesObject>) => Awaitable<unknown>;
const calls: [string, Call][] = [
  ['get', (client) => client.get(pod.metadata)],
  ['create', (client) => client.create(pod)],
  ['update', (client) => client.update(pod)],
  ['patch', (client) => client.patch(pod.metadata, { type: 'merge', body: {} })],
  ['delete', (client) => client.delete(pod.metadata)],
  ['subresource', (client) => client.subresource('status').update(pod)],
];

describe.each(calls)('%s of a ResourceClient', (_, call) => {
  it('is sent by await, once for each', async () => {
    const { client, sent } = clientOf();
    const request$ = call(client);
    expect(sent).toHaveLength(0);
    expect(await request$).toEqual(pod);
    expect(sent).toHaveLength(1);
    expect(await request$).toEqual(pod);
    expect(sent).toHaveLength(2);
    // What an async function returns is awaited.
    const returned = async (): Promise<unknown> => Promise.resolve(call(client));
    expect(await Promise.all([call(client), returned()])).toEqual([pod, pod]);
    expect(sent).toHaveLength(4);
  });

  it('is sent by subscribe, once for each, through whatever takes an Observable or a promise', async () => {
    const { client, sent } = clientOf();
    const request$ = call(client);
    const ways: Observable<unknown>[] = [
      request$,
      from(request$),
      defer(() => request$),
      of(1).pipe(concatMap(() => request$)),
      forkJoin([request$, of(1)]),
    ];
    for (const [index, way$] of ways.entries()) {
      await firstValueFrom(way$);
      expect(sent).toHaveLength(index + 1);
    }
  });

  it('rejects with its KubeError', async () => {
    const body = JSON.stringify({ kind: 'Status', reason: 'Conflict', message: 'it changed', code: 409 });
    const { client } = clientOf(() => response(409, body));
    const failure = await call(client).then(
      () => 'none',
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(KubeError);
    expect(failure).toMatchObject({ reason: 'Conflict' });
    await expect(call(clientOf(() => throwError(() => failure as Error)).client)).rejects.toBe(failure);
  });
});

describe('a request of a ResourceClient', () => {
  it('is sent by nobody who does neither', () => {
    const { client, sent } = clientOf();
    void client.create(pod);
    expect(sent).toHaveLength(0);
  });

  it('has no catch and no finally, which fails to compile, and at once', () => {
    const { client, sent } = clientOf();
    // @ts-expect-error -- it is PromiseLike, and no more
    expect(() => client.create(pod).catch(() => undefined)).toThrow(TypeError); // eslint-disable-line
    expect(sent).toHaveLength(0);
  });

  it('is typed by the resource, awaited or not', async () => {
    const { client } = clientOf();
    expectTypeOf(client.get(pod.metadata)).toExtend<Observable<KubernetesObject>>();
    expectTypeOf(await client.get(pod.metadata)).toEqualTypeOf<KubernetesObject>();
    expectTypeOf(from(client.get(pod.metadata))).toEqualTypeOf<Observable<KubernetesObject>>();
    expectTypeOf(of(1).pipe(concatMap(() => client.get(pod.metadata)))).toEqualTypeOf<Observable<KubernetesObject>>();
  });

  it('is not a patch of a type that there is not', async () => {
    const { client, sent } = clientOf();
    await expect(client.patch(pod.metadata, { type: 'json-patch' as 'json', body: [] })).rejects.toMatchObject({
      reason: 'BadRequest',
      message: 'v1/pods: the type of the patch is none of json, merge, strategic, apply. Nothing was sent',
    });
    expect(sent).toHaveLength(0);
  });

  it('rejects where it cannot be sent, and where no answer comes', async () => {
    const { client, sent } = clientOf(() => EMPTY);
    await expect(client.get({ name: '' })).rejects.toMatchObject({ reason: 'BadRequest' });
    expect(sent).toHaveLength(0);
    await expect(client.get(pod.metadata)).rejects.toMatchObject({ reason: 'Malformed' });
  });
});

describe('create of a kind that is asked and not stored', () => {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const status = { userInfo: { username: 'alice' } };

  it.each([
    ['with empty metadata', { ...review, metadata: {} }],
    ['without metadata', review],
  ])('gives the answer, which has no name: %s', async (_, object) => {
    const answer = { ...review, metadata: { creationTimestamp: null }, status };
    const resource = 'authentication.k8s.io/v1/selfsubjectreviews';
    const { client, sent } = clientOf(() => response(201, JSON.stringify(answer)), resource);
    expect(await client.create(object as unknown as KubernetesObject)).toEqual(answer);
    expect(sent).toMatchObject([{ method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews' }]);
  });

  it('gives it in a namespace', async () => {
    const answer = { kind: 'LocalSubjectAccessReview', metadata: {}, status: { allowed: true } };
    const resource = 'authorization.k8s.io/v1/localsubjectaccessreviews';
    const { client, sent } = clientOf(() => response(201, JSON.stringify(answer)), resource);
    expect(await client.create({ ...review, metadata: { namespace: 'a' } })).toEqual(answer);
    expect(sent[0]?.path).toBe('/apis/authorization.k8s.io/v1/namespaces/a/localsubjectaccessreviews');
  });

  it.each([
    ['eviction', { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }],
    ['binding', { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }],
    ['token', { kind: 'TokenRequest', metadata: { creationTimestamp: null }, status: { token: 'x' } }],
  ])('gives the answer of the subresource %s', async (part, answer) => {
    const { client, sent } = clientOf(() => response(201, JSON.stringify(answer)));
    expect(await client.subresource(part).create(pod)).toEqual(answer);
    expect(sent[0]?.path).toBe(`/api/v1/namespaces/a/pods/p/${part}`);
    await expect(client.subresource(part).create({ ...pod, metadata: {} })).rejects.toMatchObject({
      reason: 'BadRequest',
    });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['that was sent with a name', { ...pod }],
    ['that was sent with the beginning of one', { ...pod, metadata: { namespace: 'a', generateName: 'p-' } }],
  ])('does not let an answer without a name pass for an object %s', async (_, object) => {
    const { client } = clientOf(() => response(201, '{"kind":"Pod","metadata":{}}'));
    await expect(client.create(object)).rejects.toMatchObject({ reason: 'Malformed' });
  });

  it.each(['null', '[]', '"x"'])('refuses the answer %s', async (answer) => {
    const { client } = clientOf(() => response(201, answer), 'authentication.k8s.io/v1/selfsubjectreviews');
    await expect(client.create(review as unknown as KubernetesObject)).rejects.toMatchObject({ reason: 'Malformed' });
  });
});
