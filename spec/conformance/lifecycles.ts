import { expect, it } from 'vitest';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

const mergePatch = 'application/merge-patch+json';

interface Answered {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [part: string]: unknown;
}

/** Namespaces, parts of objects with a path of their own, and how objects end. */
export function lifecycleSpecs(subject: Subject): void {
  it('takes no new object into a namespace that is not there, or that ends', async (test) => {
    const scene = await Scene.of(subject, test);
    const { kubeConfig, namespace } = scene;
    const body = { metadata: { name: 'a' } };
    const unknown = await rawRequest(kubeConfig, 'POST', '/api/v1/namespaces/nope/configmaps', { body });
    expect(unknown).toMatchObject({
      status: 404,
      body: { message: 'namespaces "nope" not found', details: { name: 'nope', kind: 'namespaces' } },
    });
    expect(await rawRequest(kubeConfig, 'GET', '/api/v1/namespaces/nope/configmaps')).toMatchObject({
      status: 200,
      body: { items: [] },
    });
    const path = `/api/v1/namespaces/${namespace}`;
    expect(await rawSuccess(kubeConfig, 'GET', path)).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': namespace } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    // Something holds it, so that it can be seen while it ends.
    const held = { metadata: { name: 'held', finalizers: ['x.io/y'] } };
    await rawSuccess(kubeConfig, 'POST', `${path}/configmaps`, { body: held });
    expect(await rawSuccess(kubeConfig, 'DELETE', path)).toMatchObject({
      kind: 'Namespace',
      metadata: { deletionTimestamp: expect.any(String) as string },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Terminating' },
    });
    const refused = await rawRequest(kubeConfig, 'POST', `${path}/configmaps`, { body });
    expect(refused).toMatchObject({
      status: 403,
      body: {
        message: `configmaps "a" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
        details: {
          name: 'a',
          kind: 'configmaps',
          causes: [
            {
              reason: 'NamespaceTerminating',
              message: `namespace ${namespace} is being terminated`,
              field: 'metadata.namespace',
            },
          ],
        },
      },
    });
    const changed = { body: { data: { k: '1' } }, contentType: mergePatch };
    await rawSuccess(kubeConfig, 'PATCH', `${path}/configmaps/held`, changed);
    const finalize = { body: { metadata: { name: namespace }, spec: { finalizers: [] } } };
    await rawSuccess(kubeConfig, 'PUT', `${path}/finalize`, finalize);
    expect((await rawRequest(kubeConfig, 'GET', path)).status).toBe(404);
    const free = { body: { metadata: { finalizers: null } }, contentType: mergePatch };
    await rawRequest(kubeConfig, 'PATCH', `${path}/configmaps/held`, free);
  });

  it('lets nobody delete what it needs itself', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    const path = '/api/v1/namespaces/default';
    expect(await rawSuccess(kubeConfig, 'GET', path)).toMatchObject({ status: { phase: 'Active' } });
    expect(await rawRequest(kubeConfig, 'DELETE', path)).toMatchObject({
      status: 403,
      body: { message: 'namespaces "default" is forbidden: this namespace may not be deleted' },
    });
  });

  it('scales through a part of its own', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
    const template = {
      metadata: { labels: { a: 'b' } },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    };
    const selector = {
      matchLabels: { a: 'b' },
      matchExpressions: [
        { key: 'c', operator: 'In', values: ['e', 'd'] },
        { key: 'f', operator: 'DoesNotExist' },
      ],
    };
    const labels = { a: 'b', c: 'd' };
    const whole = {
      metadata: { name: 'd' },
      spec: { replicas: 2, selector, template: { ...template, metadata: { labels } } },
    };
    const created = (await rawSuccess(kubeConfig, 'POST', path, { body: whole })) as Answered;
    const { name, uid, resourceVersion, creationTimestamp } = created.metadata;
    expect(await rawSuccess(kubeConfig, 'GET', `${path}/d/scale`)).toEqual({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'a=b,c in (d,e),!f' },
    });
    const put = (replicas: number, metadata: object = { name: 'd' }) =>
      rawRequest(kubeConfig, 'PUT', `${path}/d/scale`, { body: { metadata, spec: { replicas } } });
    expect(await put(5)).toMatchObject({ status: 200, body: { kind: 'Scale', spec: { replicas: 5 } } });
    const patch = { body: { spec: { replicas: 3 } }, contentType: mergePatch };
    expect(await rawSuccess(kubeConfig, 'PATCH', `${path}/d/scale`, patch)).toMatchObject({ spec: { replicas: 3 } });
    expect(await rawSuccess(kubeConfig, 'GET', `${path}/d`)).toMatchObject({
      metadata: { generation: 3 },
      spec: { replicas: 3 },
    });
    expect(await put(-1)).toMatchObject({ status: 422, body: { details: { kind: 'Scale', group: 'autoscaling' } } });
    expect(await put(1, { name: 'd', resourceVersion: '1' })).toMatchObject({ status: 409 });
    expect(await put(1, { name: 'x' })).toMatchObject({ status: 400 });
    expect(await rawRequest(kubeConfig, 'GET', `${path}/nope/scale`)).toMatchObject({
      status: 404,
      body: { message: 'deployments.apps "nope" not found' },
    });
  });

  it.for([
    ['Foreground', ['foregroundDeletion']],
    ['Orphan', ['orphan']],
  ] as const)(
    'marks what is deleted with %s, until somebody takes the finalizer away',
    async ([policy, held], test) => {
      const { kubeConfig, namespace } = await Scene.of(subject, test);
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      await rawSuccess(kubeConfig, 'POST', path, { body: { metadata: { name: 'a' } } });
      const body = { propagationPolicy: policy };
      const marked = {
        deletionTimestamp: expect.any(String) as string,
        deletionGracePeriodSeconds: 0,
        finalizers: held,
      };
      expect(await rawSuccess(kubeConfig, 'DELETE', `${path}/a`, { body })).toMatchObject({ metadata: marked });
      const again = await rawSuccess(kubeConfig, 'DELETE', `${path}/a`, { body });
      expect(await rawSuccess(kubeConfig, 'GET', `${path}/a`)).toEqual(again);
      const free = { body: { metadata: { finalizers: [] } }, contentType: mergePatch };
      expect(await rawSuccess(kubeConfig, 'PATCH', `${path}/a`, free)).toMatchObject({ metadata: { name: 'a' } });
      expect((await rawRequest(kubeConfig, 'GET', `${path}/a`)).status).toBe(404);
    },
  );
}
