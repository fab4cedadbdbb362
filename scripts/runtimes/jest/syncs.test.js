const { sharedInformer } = require('kuberx');
const { listWatch } = require('kuberx/rest');
const { apiServer } = require('kuberx/testing/apiserver');

test('an informer syncs', async () => {
  const server = await apiServer();
  server.create('v1/configmaps', { metadata: { name: 'a', namespace: 'default' } });
  const informer = sharedInformer(listWatch({ server: server.url }, 'v1/configmaps'));
  const subscription = informer.snapshot$.subscribe();
  await informer.whenSynced();
  expect(informer.snapshot$.value.size).toBe(1);
  subscription.unsubscribe();
  await server.stop();
});
