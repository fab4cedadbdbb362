import { describe, expect, it } from 'vitest';
import { informerFactory } from 'kuberx/rest';
import { apiServer } from 'kuberx/testing/apiserver';

describe('informerFactory of kuberx/rest', () => {
  it('keeps informers of the server that a config names', async () => {
    await using server = await apiServer();
    server.create('v1/nodes', { metadata: { name: 'worker-1' } });
    const nodes = informerFactory({ server: server.url }).informer('v1/nodes');
    await nodes.whenSynced();
    expect(nodes.snapshot$.value.keys()).toEqual(['worker-1']);
  });

  it('throws for deadlines that would be for nobody', () => {
    const http = () => {
      throw new Error('not asked');
    };
    expect(() => informerFactory({ server: 'https://10.0.0.1' }, { http, connection: {} })).toThrow(TypeError);
  });
});
