import { expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { sharedInformer } from 'kuberx';
import { listWatch, loadKubeConfig } from 'kuberx/client-node';
import { certificate, key, otherCertificate } from '../../rest/test-certificate.ts';
import { aServer, configMap } from './a-server.ts';

const tls = { key, cert: certificate };

it('serves an informer over TLS, by a kubeconfig that trusts its certificate alone', async () => {
  const server = await aServer({ tls, token: 'secret' });
  expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  server.create('v1/configmaps', configMap('a'));
  const path = server.writeKubeconfig();
  const informer = sharedInformer(listWatch(loadKubeConfig(path), 'v1/configmaps'));
  const subscription = informer.snapshot$.subscribe();
  await eventually(() => expect(informer.snapshot$.value.size).toBe(1));
  server.create('v1/configmaps', configMap('b'));
  await eventually(() => expect(informer.snapshot$.value.size).toBe(2));
  expect(server.endStreams({ how: 'reset' })).toBe(1);
  server.create('v1/configmaps', configMap('c'));
  await eventually(() => expect(informer.snapshot$.value.size).toBe(3));
  subscription.unsubscribe();
});

it('speaks to nobody who sends plain HTTP', async () => {
  const server = await aServer({ tls });
  await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow();
});

it('rejects a certificate that is not of its key', async () => {
  await expect(aServer({ tls: { key, cert: otherCertificate } })).rejects.toThrow('key values mismatch');
});
