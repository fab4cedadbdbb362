import { expect, it } from 'vitest';
import { ServerStorage } from '#src/testing/apiserver/objects/server-storage.ts';
import { ApiServer } from 'kuberx/testing/apiserver';

it('is what a server stores, without a request', () => {
  const server = new ApiServer({ listen: false });
  expect(server).toBeInstanceOf(ServerStorage);
  const before = BigInt(server.resourceVersion);
  server.create('v1/configmaps', { metadata: { namespace: 'default', name: 'a' } });
  server.apply('v1/configmaps', { metadata: { namespace: 'default', name: 'a' }, data: { k: 'v' } });
  expect(server.get('v1/configmaps', 'default/a')).toMatchObject({ data: { k: 'v' } });
  expect(server.list('v1/configmaps')).toHaveLength(1);
  server.delete('v1/configmaps', 'default/a');
  expect(server.get('v1/configmaps', 'default/a')).toBeUndefined();
  expect(BigInt(server.resourceVersion) - before).toBe(3n);
  expect(server.requests).toEqual([]);
});
