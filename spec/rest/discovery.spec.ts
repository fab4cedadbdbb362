import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { discovery, listWatch } from 'kuberx/rest';
import { apiServer, ApiServer } from 'kuberx/testing/apiserver';

describe('discovery of a RestConfig', () => {
  it('finds the resource of an object, which goes into listWatch', async () => {
    await using server = await apiServer({ resources: { 'example.com/v1/widgets': {} } });
    server.create('example.com/v1/widgets', {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { namespace: 'default', name: 'w' },
    });
    const config = { server: server.url };
    const { name } = await discovery(config).ofKind({ apiVersion: 'example.com/v1', kind: 'Widget' });
    expect((await listWatch(config, name).list({})).items).toHaveLength(1);
  });

  it('says that nothing listens', async () => {
    const server = await apiServer();
    await server.stop();
    const error: unknown = await discovery({ server: server.url })
      .all()
      .then(undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(KubeError);
    expect(error).toMatchObject({ reason: 'ConnectionRefused' });
  });

  it('takes the client that sends the requests, or its deadlines', async () => {
    const { http } = new ApiServer({ listen: false });
    expect((await discovery({ server: 'http://memory' }, { http }).resource('no')).namespaced).toBe(false);
    expect(() => discovery({ server: 'http://memory' }, { http, connection: {} })).toThrow(TypeError);
  });
});
