import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject, ResourceClient } from 'kuberx';
import { loadKubeConfig, resourceClient } from 'kuberx/client-node';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import { eventually } from '../eventually.ts';
import { ExampleProcess } from './example-process.ts';

const websites = 'example.com/v1/websites';
const deployments = 'apps/v1/deployments';
const services = 'v1/services';

let server: ApiServer;
let operator: ExampleProcess;
let kubeconfig: string;

beforeAll(async () => {
  server = await apiServer({ garbageCollection: true, namespaces: true });
  kubeconfig = server.writeKubeconfig();
  operator = new ExampleProcess('website-operator/website-operator', kubeconfig);
});

afterAll(async () => {
  await operator[Symbol.asyncDispose]();
  await server.stop();
});

const client = (resource: string): ResourceClient<KubernetesObject> =>
  resourceClient(loadKubeConfig(kubeconfig), resource);
const named = (name: string) => ({ namespace: 'default', name });
const get = (resource: string, name: string) => server.get(resource, `default/${name}`);

async function create(name: string, spec: object = { image: 'nginx', replicas: 2 }): Promise<KubernetesObject> {
  const website = { apiVersion: 'example.com/v1', kind: 'Website', metadata: named(name), spec };
  let made: KubernetesObject | undefined;
  await eventually(async () => {
    made = await client(websites).create(website);
  });
  return made!;
}

/** The deployment controller of a cluster. */
async function deployed(name: string, readyReplicas: number): Promise<void> {
  await client(deployments)
    .subresource('status')
    .patch(named(name), { type: 'merge', body: { status: { readyReplicas } } });
}

describe('website-operator', () => {
  it('installs its definition, runs what a Website asks for, and tells how it stands', async () => {
    const { metadata } = await create('shop');
    await eventually(() => expect(get(services, 'shop')).toBeDefined());
    const owned = { ownerReferences: [{ kind: 'Website', name: 'shop', uid: metadata.uid, controller: true }] };
    const template = { spec: { containers: [{ name: 'web', image: 'nginx' }] } };
    expect(get(deployments, 'shop')).toMatchObject({ metadata: owned, spec: { replicas: 2, template } });
    expect(get(services, 'shop')).toMatchObject({ metadata: owned, spec: { selector: { website: 'shop' } } });
    expect(get(websites, 'shop')?.metadata.finalizers).toEqual(['example.com/website']);
    const ready = (status: string, message: string) =>
      eventually(() =>
        expect(get(websites, 'shop')).toMatchObject({
          status: { conditions: [{ type: 'Ready', status, message, observedGeneration: 1 }] },
        }),
      );
    await ready('False', '0 of 2 replicas are ready');
    await deployed('shop', 2);
    await ready('True', '2 of 2 replicas are ready');
  });

  it('follows the Website, and mends what others change', async () => {
    await create('blog', { image: 'nginx', replicas: 1 });
    await eventually(() => expect(get(websites, 'blog')).toHaveProperty('status'));
    await client(websites).patch(named('blog'), { type: 'merge', body: { spec: { image: 'httpd' } } });
    await eventually(() =>
      expect(get(deployments, 'blog')).toMatchObject({
        spec: { template: { spec: { containers: [{ image: 'httpd' }] } } },
      }),
    );
    await client(deployments).patch(named('blog'), { type: 'merge', body: { spec: { replicas: 7 } } });
    await eventually(() => expect(get(deployments, 'blog')).toMatchObject({ spec: { replicas: 1 } }));
    await client(services).delete(named('blog'));
    await eventually(() => expect(get(services, 'blog')).toBeDefined());
  });

  it('changes nothing where all is as it is to be', async () => {
    await create('quiet');
    await eventually(() => expect(get(websites, 'quiet')).toHaveProperty('status'));
    const versions = () => [deployments, services].map((resource) => get(resource, 'quiet')?.metadata.resourceVersion);
    const [before, from] = [versions(), operator.output.length];
    const labelled = await client(websites).patch(named('quiet'), {
      type: 'merge',
      body: { metadata: { labels: { a: 'b' } } },
    });
    await operator.printed('default/quiet done', from);
    expect(versions()).toEqual(before);
    expect(get(websites, 'quiet')).toEqual(labelled);
  });

  it('converges through errors, with delays that grow', async () => {
    server.failNext({ code: 500, times: 4, verbs: ['patch'] });
    await create('troubled');
    await operator.printed(/default\/troubled failed: .*again in/);
    await eventually(() => expect(get(websites, 'troubled')).toHaveProperty('status'));
    server.clearFailures();
  });

  it('cleans up before a Website goes, and the garbage collector takes what it owned', async () => {
    await create('gone');
    await eventually(() => expect(get(websites, 'gone')).toHaveProperty('status'));
    await client(websites).delete(named('gone'));
    await operator.printed('gone: taken off the load balancer');
    await eventually(() =>
      expect([websites, deployments, services].map((resource) => get(resource, 'gone'))).toEqual([
        undefined,
        undefined,
        undefined,
      ]),
    );
    expect(operator.output.match(/gone: taken off/g)).toHaveLength(1);
  });
});
