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
