import { expect, it } from 'vitest';
import { aServer, send } from '../a-server.ts';

const bindings = '/api/v1/namespaces/default/bindings';
const binding = (name: string, target: object = { kind: 'Node', name: 'n1' }, metadata: object = {}) => ({
  metadata: { name, ...metadata },
  target,
});

async function aServerWithPod() {
  const server = await aServer();
  const { metadata } = server.create('v1/pods', { metadata: { name: 'a', namespace: 'default' }, spec: {} });
  return { server, uid: metadata.uid };
}

it('binds a pod to a node, by its own resource', async () => {
  const { server } = await aServerWithPod();
  const dry = await send(server, 'POST', `${bindings}?dryRun=All`, binding('a'));
  expect(dry.code).toBe(201);
  expect(server.get('v1/pods', 'default/a')).not.toHaveProperty('spec.nodeName');
  const bound = await send(server, 'POST', bindings, binding('a', { name: 'n1' }, { annotations: { x: 'y' } }));
  expect(bound).toMatchObject({ code: 201, json: { kind: 'Status', status: 'Success', code: 201 } });
  expect(server.get('v1/pods', 'default/a')).toMatchObject({
    metadata: { annotations: { x: 'y' }, generation: 1 },
    spec: { nodeName: 'n1' },
    status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
  });
  expect(await send(server, 'POST', bindings, binding('a', { name: 'n2' }))).toMatchObject({
    code: 409,
    json: {
      message: 'Operation cannot be fulfilled on pods/binding "a": pod a is already assigned to node "n1"',
    },
  });
});

it('binds a pod to a node, as a part of the pod, of its uid only', async () => {
  const { server, uid } = await aServerWithPod();
  const path = '/api/v1/namespaces/default/pods/a/binding';
  expect(await send(server, 'POST', path, binding('other'))).toMatchObject({
    code: 400,
    json: { message: 'name in URL does not match name in Binding object' },
  });
  expect((await send(server, 'POST', path, binding('a', { name: 'n1' }, { uid: 'z' }))).code).toBe(409);
  expect((await send(server, 'POST', path, binding('a', { name: 'n1' }, { uid }))).code).toBe(201);
  expect(server.get('v1/pods', 'default/a')).toMatchObject({ spec: { nodeName: 'n1' } });
});

it.each([
  [binding('nopod'), 404, 'pods "nopod" not found'],
  [binding('a', {}), 500, 'target.name: Required value'],
  [
    binding('a', { kind: 'Foo', name: 'n' }),
    500,
    'target.kind: Unsupported value: "Foo": supported values: "Node", "<empty>"',
  ],
  [[], 400, 'the object provided is unrecognized (must be of type Binding)'],
])('refuses the binding %j', async (body, code, message) => {
  const { server } = await aServerWithPod();
  expect(await send(server, 'POST', bindings, body)).toMatchObject({ code, json: { message } });
});

it('has no list, no objects, and no path of all namespaces', async () => {
  const { server } = await aServerWithPod();
  expect((await send(server, 'GET', bindings)).code).toBe(405);
  expect((await send(server, 'GET', `${bindings}/a`)).code).toBe(404);
  expect((await send(server, 'POST', '/api/v1/bindings', binding('a'))).code).toBe(404);
  expect((await send(server, 'GET', '/api/v1/bindings')).code).toBe(404);
});
