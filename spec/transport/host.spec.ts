import { KubeConfig } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { listWatchOf } from 'kuberx';
import { fetchHttpClient, httpListerWatcher } from 'kuberx/http';
import { listWatch as listWatchOfKubeConfig } from 'kuberx/client-node';
import { listWatch } from 'kuberx/rest';
import { NEVER } from 'rxjs';

function kubeConfigOf(server: string): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser({ name: 'c', server, skipTLSVerify: false }, { name: 'u' });
  return kubeConfig;
}

const over = (server: string) =>
  httpListerWatcher({ http: fetchHttpClient({ server }), resource: 'v1/pods', path: '/api/v1/pods', apiVersion: 'v1' });

describe('the host of a ListerWatcher', () => {
  it.each([
    ['a RestConfig', listWatch({ server: 'https://10.0.0.1:6443/prefix' }, 'v1/pods'), 'https://10.0.0.1:6443'],
    ['a kubeconfig', listWatchOfKubeConfig(kubeConfigOf('https://10.0.0.1:6443'), 'v1/pods'), 'https://10.0.0.1:6443'],
    ['fetch', over('https://10.0.0.1:6443/x'), 'https://10.0.0.1:6443'],
    ['fetch of the server of a page', over('/proxy'), 'the server of this page'],
    ['two functions', listWatchOf({ list: () => NEVER, watch: () => NEVER }), undefined],
    ['two functions that tell', listWatchOf({ host: 'h', list: () => NEVER, watch: () => NEVER }), 'h'],
  ])('is known of %s', (_, listerWatcher, host) => {
    expect(listerWatcher.host).toBe(host);
  });

  it('is that of the cluster that the kubeconfig has come to name', () => {
    const kubeConfig = kubeConfigOf('https://10.0.0.1:6443');
    const pods = listWatchOfKubeConfig(kubeConfig, 'v1/pods');
    kubeConfig.clusters = [{ name: 'c', server: 'https://10.0.0.2:6443', skipTLSVerify: false }];
    expect(pods.host).toBe('https://10.0.0.2:6443');
  });
});
