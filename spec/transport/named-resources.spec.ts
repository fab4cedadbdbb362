import { lastValueFrom, NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import { httpListerWatcher, httpResourceClient, parseResource, ResourceSyntaxError } from 'kuberx/http';
import { listWatch, resourceClient } from 'kuberx/rest';
import { parseCollectionPath } from '#src/client-node/parse-collection-path.ts';
import { response } from './responses.ts';

const config = { server: 'http://127.0.0.1:9' };

describe('the name of a resource', () => {
  it.each([
    ['v1/pod', '"pod" is not the plural', 'v1/pods'],
    ['v1/po', '"po" is not the plural', 'v1/pods'],
    ['apps/v1/deployment', '"deployment" is not the plural', 'apps/v1/deployments'],
    ['networking.k8s.io/v1/ingress', '"ingress" is not the plural', 'networking.k8s.io/v1/ingresses'],
    ['v1/deployments', 'it is of another group', 'apps/v1/deployments'],
    ['v1/job', 'it is of another group', 'batch/v1/jobs'],
  ])('that no server has is refused at once, with the one that is meant: %s', (text, fault, meant) => {
    const message = `${JSON.stringify(text)} names no resource: ${fault}. Expected ${JSON.stringify(meant)}.`;
    for (const take of [() => listWatch(config, text), () => resourceClient(config, text), () => parseResource(text)]) {
      expect(take).toThrow(new ResourceSyntaxError(text, fault, `Expected ${JSON.stringify(meant)}.`, meant));
      expect(take).toThrow(message);
    }
  });

  it.each([
    ['pods', 'it has no version; in full it is "v1/pods"'],
    ['po', 'it has no version; in full it is "v1/pods"'],
    ['deployments.apps', 'it has no version; in full it is "apps/v1/deployments"'],
    ['apps/deployments', 'it looks like group/plural, without a version; in full it is "apps/v1/deployments"'],
    ['v1/Pod', 'in lower case and plural; in full it is "v1/pods"'],
    ['apps/v1/Deployment', 'in full it is "apps/v1/deployments"'],
    ['widgets', 'it has no version. Expected'],
  ])('in another form is told in full where it is built in: %s', (text, words) => {
    expect(() => parseResource(text)).toThrow(words);
  });

  it.each([
    // An aggregated API, releases of before and after this one, a custom resource, what has no model.
    ...['metrics.k8s.io/v1beta1/pods', 'batch/v1beta1/cronjobs', 'extensions/v1beta1/ingresses', 'v1/componentstatuses'],
    ...['scheduling.k8s.io/v1/workloads', 'example.com/v1/pod', 'v1/podz', 'v1/bindings', 'events.k8s.io/v1/events'],
  ])('that a server may have is left to it: %s', (text) => {
    expect(() => parseResource(text)).not.toThrow();
  }); // prettier-ignore

  it('in the path of a collection is told as well', () => {
    expect(() => parseCollectionPath('/api/v1/namespaces/default/pod')).toThrow(
      '"v1/pod" is not the version and plural of an API group, "v1/pods" is',
    );
  });
});

describe('the namespace', () => {
  const sent: string[] = [];
  const clientOf = (name: string) =>
    httpResourceClient<KubernetesObject>({
      http: ({ method, path }) => {
        sent.push(`${method} ${path}`);
        return NEVER;
      },
      resource: parseResource(name),
    });
  const object = (namespace?: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'X',
    metadata: { name: 'a', ...(namespace !== undefined && { namespace }) },
  });

  it('of an object is asked for before anything is sent, where the resource has some', async () => {
    const pods = clientOf('v1/pods');
    for (const namespace of [undefined, '']) {
      const { metadata } = object(namespace);
      const requests = [
        pods.get(metadata),
        pods.create(object(namespace)),
        pods.update(object(namespace)),
        pods.patch(metadata, { type: 'merge', body: {} }),
        pods.delete(metadata),
      ];
      for (const request$ of requests)
        await expect(request$).rejects.toMatchObject({
          reason: 'BadRequest',
          message: 'v1/pods: the namespace of the object is missing, and v1/pods are in namespaces. Nothing was sent',
        });
    }
    await expect(pods.subresource('status').get({ name: 'a' })).rejects.toMatchObject({
      message:
        'v1/pods/status: the namespace of the object is missing, and v1/pods are in namespaces. Nothing was sent',
    });
    expect(sent).toEqual([]);
  });

  it('is refused where the resource has none, by a client, and by a list and watch', async () => {
    const nodes = clientOf('v1/nodes');
    await expect(nodes.get({ name: 'a', namespace: 'b' })).rejects.toMatchObject({
      reason: 'BadRequest',
      message: 'v1/nodes: the object has a namespace, and v1/nodes have none. Nothing was sent',
    });
    expect(() => listWatch(config, 'v1/nodes', { namespace: 'b' })).toThrow(
      new TypeError('v1/nodes have no namespaces, and "b" was given as one. Leave it out.'),
    );
    expect(sent).toEqual([]);
  });

  it('of what is not built in is left to the server', () => {
    const widgets = clientOf('example.com/v1/widgets');
    widgets.get({ name: 'a' }).subscribe().unsubscribe();
    widgets.get({ name: 'a', namespace: 'b' }).subscribe().unsubscribe();
    expect(sent).toEqual(['GET /apis/example.com/v1/widgets/a', 'GET /apis/example.com/v1/namespaces/b/widgets/a']);
  });
});

describe('a resource that the server does not have', () => {
  const unserved = JSON.stringify({ kind: 'Status', status: 'Failure', message: 'the server could not find the requested resource', reason: 'NotFound', details: {}, code: 404 }); // prettier-ignore
  const absent = JSON.stringify({ kind: 'Status', message: 'widgets.example.com "a" not found', reason: 'NotFound', details: { name: 'a', group: 'example.com', kind: 'widgets' }, code: 404 }); // prettier-ignore
  const plain = '404 page not found\n';

  it.each([plain, unserved, ''])('is told as such by a list and a watch: %j', async (body) => {
    const podz = httpListerWatcher({
      http: () => response(404, body),
      resource: 'v1/podz in default',
      path: '/api/v1/namespaces/default/podz',
      apiVersion: 'v1',
      labelSelector: 'a=b',
    });
    const failure = {
      reason: 'NotFound',
      code: 404,
      message: 'v1/podz in default: the server has no such resource (404 at /api/v1/namespaces/default/podz)',
    };
    await expect(podz.list({})).rejects.toMatchObject(failure);
    await expect(lastValueFrom(podz.watch({}))).rejects.toMatchObject(failure);
  });

  it.each([plain, unserved])('is told from an object that is not there: %j', async (body) => {
    const resource = parseResource('example.com/v1/widgets');
    const missing = httpResourceClient({ http: () => response(404, body), resource });
    await expect(missing.get({ name: 'a' })).rejects.toMatchObject({
      reason: 'NotFound',
      message:
        'example.com/v1/widgets: the server has no such resource, or its objects are in namespaces and none was given ' +
        '(404 at /apis/example.com/v1/widgets/a)',
    });
    await expect(missing.delete({ name: 'a', namespace: 'b' })).rejects.toMatchObject({
      message:
        'example.com/v1/widgets: the server has no such resource, or its objects are in no namespace ' +
        '(404 at /apis/example.com/v1/namespaces/b/widgets/a)',
    });
    const pods = httpResourceClient({ http: () => response(404, body), resource: parseResource('v1/pods') });
    await expect(pods.subresource('resize').get({ name: 'a', namespace: 'b' })).rejects.toMatchObject({
      message: 'v1/pods/resize: the server has no such resource (404 at /api/v1/namespaces/b/pods/a/resize)',
    });
    const there = httpResourceClient({ http: () => response(404, absent), resource });
    await expect(there.get({ name: 'a', namespace: 'b' })).rejects.toMatchObject({
      reason: 'NotFound',
      message: 'example.com/v1/widgets: widgets.example.com "a" not found',
    });
  });
});
