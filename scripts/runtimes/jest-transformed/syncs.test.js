const { sharedInformer } = require('kuberx');
const { listWatch } = require('kuberx/rest');
const { buildObject, fakeListerWatcher, page } = require('kuberx/testing');
const { of } = require('rxjs');

test('an informer syncs', async () => {
  const listerWatcher = fakeListerWatcher([{ list: of(page([buildObject('default/a', '1')], '1')) }], {});
  const informer = sharedInformer(listerWatcher, { streaming: false });
  const subscription = informer.snapshot$.subscribe();
  await informer.whenSynced();
  expect(informer.snapshot$.value.size).toBe(1);
  expect(typeof listWatch).toBe('function');
  subscription.unsubscribe();
});
