import { describe, expect, it } from 'vitest';
import { aServer, send } from '../a-server.ts';

const deployments = '/apis/apps/v1/namespaces/default/deployments';
const labels = { app: 'a' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'd' },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
  },
};

describe('with the option defaults', () => {
  it('fills in what an object lacks, and keeps it through other writes', async () => {
    const server = await aServer({ defaults: true });
    const filled = { spec: { replicas: 1, template: { spec: { restartPolicy: 'Always' } } }, status: {} };
    expect((await send(server, 'POST', deployments, deployment)).json).toMatchObject(filled);
    const again = await send(server, 'PUT', `${deployments}/d`, deployment);
    expect(again.json).toMatchObject({ ...filled, metadata: { generation: 1, resourceVersion: '101' } });
  });

  it('warns of unknown fields, or refuses them, as the client wants', async () => {
    const server = await aServer({ defaults: true });
    const odd = { ...deployment, spec: { ...deployment.spec, paws: 4 } };
    const strict = await send(server, 'POST', `${deployments}?fieldValidation=Strict`, odd);
    expect(strict.code).toBe(400);
    expect(strict.text).toContain('strict decoding error: unknown field \\"spec.paws\\"');
    const warned = await send(server, 'POST', deployments, odd);
    expect(warned.headers.get('warning')).toBe('299 - "unknown field \\"spec.paws\\""');
    expect(warned.text).not.toContain('paws');
  });

  it('refuses a member of a wrong type, and quotes no text of it', async () => {
    const server = await aServer({ defaults: true });
    const wrong = { ...deployment, spec: { ...deployment.spec, replicas: 'hunter2' } };
    for (const validation of ['', '?fieldValidation=Strict']) {
      const { code, text } = await send(server, 'POST', deployments + validation, wrong);
      expect(code).toBe(400);
      expect(text).toContain('cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32');
      expect(text).not.toContain('hunter2');
    }
  });

  it('gives a service an address of its own, and keeps it', async () => {
    const server = await aServer({ defaults: true });
    const services = '/api/v1/namespaces/default/services';
    const service = { metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } };
    const { json } = await send(server, 'POST', services, service);
    const { clusterIP } = (json as { spec: { clusterIP: string } }).spec;
    expect(clusterIP).toMatch(/^10\.0\.\d+\.\d+$/u);
    expect((await send(server, 'PUT', `${services}/s`, service)).json).toMatchObject({ spec: { clusterIP } });
  });

  it('leaves custom objects, and all objects without the option, as they come', async () => {
    const server = await aServer({ resources: { 'ex.io/v1/widgets': { kind: 'Widget' } }, defaults: true });
    const widget = { apiVersion: 'ex.io/v1', kind: 'Widget', metadata: { name: 'w' }, spec: { a: null } };
    const { json } = await send(server, 'POST', '/apis/ex.io/v1/namespaces/default/widgets', widget);
    expect(json).toMatchObject(widget);
    const plain = await aServer();
    expect((await send(plain, 'POST', deployments, deployment)).json).not.toHaveProperty('spec.replicas');
  });
});

it('warns of endpoints, as they are deprecated', async () => {
  const server = await aServer();
  const { headers } = await send(server, 'GET', '/api/v1/endpoints');
  expect(headers.get('warning')).toContain('v1 Endpoints is deprecated');
  expect((await send(server, 'GET', '/api/v1/pods')).headers.get('warning')).toBeNull();
});
