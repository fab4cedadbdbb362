import { expect, it } from 'vitest';
import { type KubernetesObject, sharedInformer, UnsafeNumberError } from 'kuberx';
import { listWatch, kubeHttpClient, resourceClient } from 'kuberx/client-node';
import { answerOf } from './answer-of.ts';
import { kindOf } from './kind-of.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { eventually } from '../eventually.ts';
import { Scene } from './scene.ts';
import { customGroup, type Subject } from './server.ts';

interface Timer extends KubernetesObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

/** 2^53 + 1, which a number cannot hold, and what a number makes of it. */
const exact = 9007199254740993n;
const rounded = 9007199254740992;

/** Sends text as it is, and gives the answer's text. */
async function sent(scene: Scene, method: 'POST' | 'GET', path: string, body?: string): Promise<string> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const request = { resource: path, method, path, headers, ...(body !== undefined && { body }) };
  let text = '';
  await new Promise<void>((resolve, reject) => {
    kubeHttpClient(scene.kubeConfig)(request).subscribe({
      next: (event) => {
        if (event.type === 'chunk') text += Buffer.from(event.bytes).toString();
      },
      error: reject,
      complete: resolve,
    });
  });
  return text;
}

/** Numbers that JavaScript rounds, from the server's storage and back. */
export function numberSpecs(subject: Subject): void {
  /** A custom resource of one spec: definitions are shared by all that run at the same time. */
  async function timers(scene: Scene, plural: string) {
    await scene.server.define(plural);
    const { namespace, kubeConfig } = scene;
    const resource = `${customGroup}/v1/${plural}`;
    const path = `/apis/${customGroup}/v1/namespaces/${namespace}/${plural}`;
    const start = `{"apiVersion":"${customGroup}/v1","kind":"${kindOf(plural)}","metadata":{"name":"a","namespace":"${namespace}"}`;
    const create = (spec: string) => sent(scene, 'POST', path, `${start},"spec":${spec}}`);
    const stored = async () => /"spec":(\{[^}]*\})/.exec(await sent(scene, 'GET', `${path}/a`))?.[1];
    const reference = { name: 'a', namespace };
    return {
      resource,
      path,
      reference,
      create,
      stored,
      client: resourceClient<Timer>(kubeConfig, resource),
      exactly: resourceClient<Timer>(kubeConfig, resource, { exactIntegers: true }),
    };
  }

  it('keeps an int64 that is read, changed and written with exactIntegers', async (test) => {
    const scene = await Scene.of(subject, test);
    const { create, stored, exactly, reference } = await timers(scene, 'readtimers');
    await create(`{"high":9223372036854775807,"low":-9223372036854775808,"limit":${exact},"count":1}`);
    const timer = await answerOf(exactly.get(reference));
    expect(timer.spec).toEqual({ high: 2n ** 63n - 1n, low: -(2n ** 63n), limit: exact, count: 1 });
    const changed = await answerOf(exactly.update({ ...timer, spec: { ...timer.spec, count: 2 } }));
    expect(changed.spec).toEqual({ ...timer.spec, count: 2 });
    expect(await stored()).toContain(`"limit":${exact}`);
    expect(await stored()).toContain('"high":9223372036854775807');
    expect(await stored()).toContain('"low":-9223372036854775808');
  });

  it('refuses to write a rounded integer back, and names its field; a patch of another field keeps it', async (test) => {
    const scene = await Scene.of(subject, test);
    const { create, stored, client, reference } = await timers(scene, 'roundedtimers');
    await create(`{"limit":${exact},"count":1}`);
    const timer = await answerOf(client.get(reference));
    expect(timer.spec['limit']).toBe(rounded);
    const update = answerOf(client.update({ ...timer, spec: { ...timer.spec, count: 2 } }));
    await expect(update).rejects.toThrow(UnsafeNumberError);
    await expect(update).rejects.toMatchObject({ reason: 'BadRequest', field: 'spec.limit' });
    await answerOf(client.patch(reference, { type: 'merge', body: { spec: { count: 2 } } }));
    expect(await stored()).toMatch(new RegExp(`"count":2,"limit":${exact}|"limit":${exact},"count":2`));
  });

  it.for(['json', 'merge', 'apply'] as const)('takes a BigInt in a %s patch', async (type, test) => {
    const plural = `${type}timers`;
    const scene = await Scene.of(subject, test);
    const { create, stored, client, reference } = await timers(scene, plural);
    await create('{"limit":1}');
    const spec = { limit: exact };
    if (type === 'json') {
      const body = [{ op: 'replace', path: '/spec/limit', value: exact }] as const;
      await answerOf(client.patch(reference, { type, body }));
    } else if (type === 'merge') {
      await answerOf(client.patch(reference, { type, body: { spec } }));
    } else {
      const body = { apiVersion: `${customGroup}/v1`, kind: kindOf(plural), metadata: reference, spec };
      await answerOf(client.patch(reference, { type, body, force: true }, { fieldManager: 'spec' }));
    }
    expect(await stored()).toBe(`{"limit":${exact}}`);
  });

  it('lists and watches int64s that differ by one as different values', async (test) => {
    const scene = await Scene.of(subject, test);
    const { resource, create, exactly, reference } = await timers(scene, 'watchedtimers');
    await create(`{"limit":${exact}}`);
    const { namespace, kubeConfig } = scene;
    for (const streaming of [true, false]) {
      const source = listWatch<Timer>(kubeConfig, resource, { namespace, exactIntegers: true });
      const informer = sharedInformer(source, { streaming });
      const limits: unknown[] = [];
      const running = informer.events$.subscribe((event) => limits.push(event.object.spec['limit']));
      await informer.whenSynced();
      await answerOf(exactly.patch(reference, { type: 'merge', body: { spec: { limit: exact - 1n } } }));
      await eventually(() => expect(limits).toEqual([exact, exact - 1n]));
      await answerOf(exactly.patch(reference, { type: 'merge', body: { spec: { limit: exact } } }));
      await eventually(() => expect(limits).toEqual([exact, exact - 1n, exact]));
      running.unsubscribe();
    }
  });

  it('keeps floats, and integers beyond int64 as floats', async (test) => {
    const scene = await Scene.of(subject, test);
    const { create, stored, client, reference } = await timers(scene, 'floattimers');
    await create('{"a":1e300,"b":0.1,"c":123456789012345678901234567890,"d":-1.5e-9}');
    const before = await stored();
    const timer = await answerOf(client.get(reference));
    expect(timer.spec).toEqual({ a: 1e300, b: 0.1, c: 123456789012345678901234567890, d: -1.5e-9 });
    await answerOf(client.update({ ...timer, metadata: { ...timer.metadata, labels: { changed: 'yes' } } }));
    expect(await stored()).toBe(before);
  });

  it('keeps int64s that a schema describes, the largest and the smallest too', async (test) => {
    const scene = await Scene.of(subject, test);
    const { kubeConfig, namespace } = scene;
    const many = 'schematimers';
    const integer = { type: 'integer', format: 'int64' };
    const spec = {
      type: 'object',
      properties: { high: integer, low: integer, limit: integer, plain: { type: 'integer' } },
    };
    const openAPIV3Schema = { type: 'object', properties: { spec } };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${many}.${customGroup}` },
      spec: {
        group: customGroup,
        scope: 'Namespaced',
        names: { plural: many, kind: kindOf(many) },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
      },
    };
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    await rawSuccess(kubeConfig, 'POST', definitions, { body: definition });
    const path = `/apis/${customGroup}/v1/namespaces/${namespace}/${many}`;
    await eventually(async () => expect((await rawRequest(kubeConfig, 'GET', path)).status).toBe(200));
    const client = resourceClient<Timer>(kubeConfig, `${customGroup}/v1/${many}`, { exactIntegers: true });
    const values = { high: 2n ** 63n - 1n, limit: exact, low: -(2n ** 63n), plain: exact };
    const metadata = { name: 'a', namespace };
    const object = { apiVersion: `${customGroup}/v1`, kind: kindOf(many), metadata, spec: values };
    expect((await answerOf(client.create(object))).spec).toEqual(values);
    const patch = { type: 'merge', body: { spec: { limit: exact + 2n } } } as const;
    expect((await answerOf(client.patch(metadata, patch))).spec).toEqual({ ...values, limit: exact + 2n });
    const beyond = answerOf(client.patch(metadata, { type: 'merge', body: { spec: { limit: 2n ** 63n } } }));
    await expect(beyond).rejects.toMatchObject({ code: 422 });
    await rawSuccess(kubeConfig, 'DELETE', `${definitions}/${many}.${customGroup}`);
  });

  it('refuses a number that no float holds, and stores nothing', async (test) => {
    const scene = await Scene.of(subject, test);
    const { create, path } = await timers(scene, 'refusedtimers');
    expect(JSON.parse(await create('{"a":1e400}'))).toMatchObject({ kind: 'Status', code: 400, reason: 'BadRequest' });
    expect(await rawRequest(scene.kubeConfig, 'GET', path)).toMatchObject({ body: { items: [] } });
  });
}
