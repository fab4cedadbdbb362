import { describe, expect, it } from 'vitest';
import { aServer, send } from '../a-server.ts';

const path = '/apis/ex.io/v1/namespaces/default/widgets';
const spec = { type: 'object', properties: { a: { type: 'string' } } };
const version = { name: 'v1', served: true, storage: true };
const definition = {
  metadata: { name: 'widgets.ex.io' },
  spec: {
    group: 'ex.io',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [{ ...version, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }],
  },
};
const widget = (name: string) => ({
  apiVersion: 'ex.io/v1',
  kind: 'Widget',
  metadata: { name },
  spec: { a: 'x', b: 1 },
  top: 1,
});

describe('fieldValidation', () => {
  it('warns of the fields of a custom object that are left out, unless it is told otherwise', async () => {
    const server = await aServer();
    server.create('apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    const created = await send(server, 'POST', path, widget('a'));
    expect(created).toMatchObject({ code: 201, json: { spec: { a: 'x' } } });
    expect(created.headers.get('warning')).toBe(
      String.raw`299 - "unknown field \"spec.b\"", 299 - "unknown field \"top\""`,
    );
    const ignored = await send(server, 'POST', `${path}?fieldValidation=Ignore`, widget('b'));
    expect([ignored.code, ignored.headers.get('warning')]).toEqual([201, null]);
    const { metadata } = server.get('ex.io/v1/widgets', 'default/a')!;
    const put = await send(server, 'PUT', `${path}/a?fieldValidation=Warn`, { ...widget('a'), metadata });
    expect([put.code, put.headers.get('warning')]).toEqual([200, created.headers.get('warning')]);
  });

  it('refuses them where the client is strict', async () => {
    const server = await aServer();
    server.create('apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    const refused = await send(server, 'POST', `${path}?fieldValidation=Strict`, widget('a'));
    expect(refused).toMatchObject({
      code: 400,
      json: {
        message:
          'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.b", unknown field "top"',
      },
    });
    expect(server.list('ex.io/v1/widgets')).toEqual([]);
    const { top: _top, ...known } = widget('a');
    const body = { ...known, spec: { a: 'x' } };
    expect((await send(server, 'POST', `${path}?fieldValidation=Strict`, body)).code).toBe(201);
  });
});
