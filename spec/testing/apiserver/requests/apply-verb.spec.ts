import { expect, it } from 'vitest';
import { aServer, send } from '../a-server.ts';

const path = '/api/v1/namespaces/default/configmaps/a?fieldManager=m';
const yaml = { 'Content-Type': 'application/apply-patch+yaml' };

it('applies YAML, and reads no alias bomb', async () => {
  const server = await aServer();
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: "1"\n';
  expect(await send(server, 'PATCH', path, text, yaml)).toMatchObject({ code: 201, json: { data: { k: '1' } } });
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f']
    .map((name, index) => {
      const above = String.fromCharCode('a'.charCodeAt(0) + index);
      return `${name}: &${name} [${Array(9).fill(`*${above}`).join(',')}]`;
    })
    .join('\n')}`;
  expect((await send(server, 'PATCH', path, bomb, yaml)).code).toBe(400);
  expect((await send(server, 'PATCH', path, 'x: [', yaml)).code).toBe(400);
});

it('applies a status through its own path, and nothing else there', async () => {
  const server = await aServer();
  server.create('v1/pods', { metadata: { name: 'a', namespace: 'default' }, spec: { nodeName: 'n' } });
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', labels: { l: '1' } },
    status: { phase: 'Running' },
  };
  const at = (part: string) => `/api/v1/namespaces/default/pods/a${part}?fieldManager=m`;
  const { code, json } = await send(server, 'PATCH', at('/status'), pod, yaml);
  expect([code, json]).toMatchObject([200, { spec: { nodeName: 'n' }, status: { phase: 'Running' } }]);
  expect(json).toMatchObject({
    metadata: {
      managedFields: [{ manager: 'm', subresource: 'status', fieldsV1: { 'f:status': { 'f:phase': {} } } }, {}],
    },
  });
  expect(json).not.toHaveProperty('metadata.labels');
  const own = await send(server, 'PATCH', at(''), { ...pod, status: { phase: 'Failed' } }, yaml);
  expect(own.json).toMatchObject({ metadata: { labels: { l: '1' } }, status: { phase: 'Running' } });
});

it('keeps managed fields of what was not applied only where that is asked for', async () => {
  const maps = '/api/v1/namespaces/default/configmaps';
  const body = { metadata: { name: 'a' }, data: { k: '1' } };
  const plain = await send(await aServer(), 'POST', maps, body, { 'User-Agent': 'kubectl/v1.36' });
  expect(plain.json).not.toHaveProperty('metadata.managedFields');
  const kept = await send(await aServer({ managedFields: true }), 'POST', maps, body, {
    'User-Agent': 'kubectl/v1.36',
  });
  expect(kept.json).toMatchObject({ metadata: { managedFields: [{ manager: 'kubectl', operation: 'Update' }] } });
});
