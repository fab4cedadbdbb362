import { firstValueFrom, type Observable, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import { informerFactory, kubeHttpClient, listWatch, type ListWatchOptions, resourceClient } from 'kuberx/client-node';
import { httpServer } from '../rest/servers.ts';
import { kubeConfigOf } from './kube-config-of.ts';

const pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'p', namespace: 'default', uid: 'u', resourceVersion: '3' },
};

const all = <T>(source$: Observable<T>): Promise<T[]> =>
  firstValueFrom(source$.pipe(take(100), toArray()), { defaultValue: [] });

describe('resourceClient', () => {
  it('reads and writes raw JSON', async () => {
    const seen: [string, string, string | undefined, unknown][] = [];
    const server = await httpServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const sent: unknown = body === '' ? undefined : JSON.parse(body);
        seen.push([request.method ?? '', request.url ?? '', request.headers['content-type'], sent]);
        const status = { kind: 'Status', apiVersion: 'v1', status: 'Success' };
        response.end(JSON.stringify(request.method === 'DELETE' ? status : { ...pod, ...(request.url?.includes('/scale') && { kind: 'Scale', apiVersion: 'autoscaling/v1' }) })); // prettier-ignore
      });
    });
    const pods = resourceClient(kubeConfigOf(server.url), 'v1/pods');
    const [got] = await all(pods.get(pod.metadata));
    expect(got).toEqual(pod);
    await all(pods.create({ ...got!, metadata: { generateName: 'p-', namespace: 'default' } }, { dryRun: true }));
    await all(pods.update(got!, { fieldManager: 'me', fieldValidation: 'Strict' }));
    const applied = { apiVersion: 'v1', kind: 'Pod' };
    await all(pods.patch(pod.metadata, { type: 'apply', body: applied, force: true }, { fieldManager: 'me' }));
    await all(pods.patch(pod.metadata, { type: 'merge', body: { spec: null } }));
    const gone = await all(pods.delete(pod.metadata, { preconditions: { uid: 'u' }, dryRun: true }));
    expect(gone).toEqual([{ kind: 'Status', apiVersion: 'v1', status: 'Success' }]);
    await all(pods.subresource('status').update(got!));
    await all(pods.subresource<KubernetesObject>('scale').get(pod.metadata));
    await all(pods.subresource<object>('eviction').create({ metadata: { name: 'p', namespace: 'default' } }));
    const one = '/api/v1/namespaces/default/pods/p';
    const json = 'application/json';
    expect(seen).toEqual([
      ['GET', one, undefined, undefined],
      ['POST', '/api/v1/namespaces/default/pods?dryRun=All', json, { ...pod, metadata: { generateName: 'p-', namespace: 'default' } }],
      ['PUT', `${one}?fieldManager=me&fieldValidation=Strict`, json, pod],
      ['PATCH', `${one}?fieldManager=me&force=true`, 'application/apply-patch+yaml', applied],
      ['PATCH', one, 'application/merge-patch+json', { spec: null }],
      ['DELETE', one, json, { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: 'u' }, dryRun: ['All'] }],
      ['PUT', `${one}/status`, json, pod],
      ['GET', `${one}/scale`, undefined, undefined],
      ['POST', `${one}/eviction`, json, { metadata: { name: 'p', namespace: 'default' } }],
    ]); // prettier-ignore
  });

  it('takes no deadlines for a client that is given: nobody would keep them', () => {
    const kubeConfig = kubeConfigOf('https://127.0.0.1:1');
    const both = { http: kubeHttpClient(kubeConfig), connection: { connectTimeout: 5 } } satisfies ListWatchOptions;
    expect(() => listWatch(kubeConfig, 'v1/pods', both)).toThrow(TypeError);
    expect(() => informerFactory(kubeConfig, both)).toThrow('`connection` has no effect');
    expect(() => listWatch(kubeConfig, 'v1/pods', { ...both, connection: undefined })).not.toThrow();
    expect(() => listWatch(kubeConfig, 'v1/pods', { ...both, http: undefined })).not.toThrow();
  });

  it('never takes the collection for an object', async () => {
    let asked = 0;
    const server = await httpServer((_request, response) => {
      asked += 1;
      response.end();
    });
    const pods = resourceClient(kubeConfigOf(server.url), 'v1/pods');
    for (const name of ['', '.', '..', 'p/log', '../services/s', '%2e%2e']) {
      await expect(all(pods.delete({ name, namespace: 'default' }))).rejects.toMatchObject({ reason: 'BadRequest' });
      await expect(all(pods.delete({ name: 'p', namespace: name || '..' }))).rejects.toMatchObject({
        reason: 'BadRequest',
      });
    }
    expect(asked).toBe(0);
  });

  it.each([
    ['rubbish', 'the answer is not JSON'],
    ['[]', 'the answer is not an object'],
    ['{"kind":"Status","apiVersion":"v1","metadata":{}}', 'the answer has no metadata.name'],
  ])('says Malformed for the answer %s', async (body, message) => {
    const server = await httpServer((_request, response) => response.end(body));
    const answer = all(resourceClient(kubeConfigOf(server.url), 'v1/pods').get(pod.metadata));
    await expect(answer).rejects.toMatchObject({ reason: 'Malformed', message: `v1/pods: ${message}` });
  });

  it('takes an object as it comes: in another version, and of a dry run without a version of its own', async () => {
    const answer = { kind: 'Pod', apiVersion: 'v2', metadata: { name: 'p', namespace: null, uid: 'u' } };
    const server = await httpServer((_request, response) => response.end(JSON.stringify(answer)));
    const pods = resourceClient(kubeConfigOf(server.url), 'v1/pods');
    const taken = { ...answer, metadata: { name: 'p', uid: 'u' } };
    expect(await all(pods.get(pod.metadata))).toStrictEqual([taken]);
    expect(await all(pods.create(pod, { dryRun: true }))).toStrictEqual([taken]);
  });
});
