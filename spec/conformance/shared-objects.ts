import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { mergePatch } from './define.ts';
import { openWatch } from './open-watch.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

/** Objects that are served as several resources. */
export function sharedObjectSpecs(subject: Subject): void {
  it('serves events of one group as those of the other, under the names that their members have there', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const core = `/api/v1/namespaces/${namespace}/events`;
    const events = `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
    const stream = openWatch(test, kubeConfig, `${events}?watch=1`);
    const involvedObject = { kind: 'Pod', name: 'p', namespace };
    const first = { metadata: { name: 'a' }, involvedObject, reason: 'R', message: 'm', type: 'Normal', count: 2 };
    await rawSuccess(kubeConfig, 'POST', core, { body: first });
    const read = { regarding: involvedObject, note: 'm', reason: 'R', deprecatedCount: 2 };
    expect(await rawSuccess(kubeConfig, 'GET', `${events}/a`)).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      ...read,
    });
    await eventually(() => expect(stream.events).toMatchObject([{ type: 'ADDED', object: read }]));
    const patch = { body: { message: 'n' }, contentType: mergePatch };
    await rawSuccess(kubeConfig, 'PATCH', `${core}/a`, patch);
    expect(await rawSuccess(kubeConfig, 'GET', `${events}/a`)).toMatchObject({ note: 'n', deprecatedCount: 2 });
    const eventTime = '2030-01-01T00:00:00.000000Z';
    const second = { regarding: involvedObject, note: 'o', reason: 'R', type: 'Normal', action: 'A', eventTime };
    const by = { reportingController: 'example.io/c', reportingInstance: 'i' };
    await rawSuccess(kubeConfig, 'POST', events, { body: { metadata: { name: 'b' }, ...second, ...by } });
    expect(await rawSuccess(kubeConfig, 'GET', `${core}/b`)).toMatchObject({
      apiVersion: 'v1',
      involvedObject,
      message: 'o',
      reportingComponent: 'example.io/c',
    });
    const { items } = (await rawSuccess(
      kubeConfig,
      'GET',
      `${events}?fieldSelector=regarding.name%3Dp,metadata.name%3Da`,
    )) as {
      readonly items: readonly object[];
    };
    expect(items).toMatchObject([{ metadata: { name: 'a' } }]);
    await rawSuccess(kubeConfig, 'DELETE', `${core}/a`);
    expect((await rawRequest(kubeConfig, 'GET', `${events}/a`)).status).toBe(404);
  });

  it('serves an autoscaler in both of its versions', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = (version: string) => `/apis/autoscaling/${version}/namespaces/${namespace}/horizontalpodautoscalers`;
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' };
    const created = await rawSuccess(kubeConfig, 'POST', path('v1'), {
      body: { metadata: { name: 'a' }, spec: { maxReplicas: 3, scaleTargetRef, targetCPUUtilizationPercentage: 50 } },
    });
    const { uid, resourceVersion } = (created as { readonly metadata: Record<string, string> }).metadata;
    const target = { type: 'Utilization', averageUtilization: 50 };
    expect(await rawSuccess(kubeConfig, 'GET', `${path('v2')}/a`)).toMatchObject({
      apiVersion: 'autoscaling/v2',
      metadata: { uid, resourceVersion },
      spec: { metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] },
    });
    const metrics = [{ type: 'Resource', resource: { name: 'cpu', target: { ...target, averageUtilization: 70 } } }];
    const patch = { body: { spec: { metrics } }, contentType: mergePatch };
    await rawSuccess(kubeConfig, 'PATCH', `${path('v2')}/a`, patch);
    expect(await rawSuccess(kubeConfig, 'GET', `${path('v1')}/a`)).toMatchObject({
      apiVersion: 'autoscaling/v1',
      spec: { targetCPUUtilizationPercentage: 70 },
    });
  });
}
