import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster, V1ConfigMap } from '@kubernetes/client-node';
import { expect, it, type TestContext } from 'vitest';
import type { ListerWatcher } from 'kuberx';
import { loadKubeConfig } from 'kuberx/client-node';
import { connectionTo } from './connection-to.ts';
import { loadKubeConfig as loadOwnKubeConfig } from 'kuberx/kubeconfig';
import { listWatch } from 'kuberx/rest';
import { type ConfigMap, Scene } from './scene.ts';
import type { Subject } from './server.ts';

/** A file of the test, to be written to. */
async function temporaryFile(test: TestContext, name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'kuberx-conformance-'));
  test.onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, name);
}

/** Who may see what, and who is let in. */
export function permissionSpecs(subject: Subject): void {
  const { streamingLists } = subject.capabilities;

  it('keeps what it has while it may list but not watch, and does not list again', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.create('a');
    const kubeConfig = await scene.server.makeUser(scene.namespace);
    await scene.server.allow(scene.namespace, ['list']);
    const reflection = scene.reflect(scene.configMaps({}, kubeConfig));
    await reflection.synced();
    // More failures in a row than lead to a list where the state is in doubt.
    const refused = await reflection.interruption(
      ({ phase, attempt }) => phase === 'watching' && attempt >= (streamingLists ? 5 : 4),
    );
    expect(refused.error).toMatchObject({
      reason: 'Forbidden',
      code: 403,
      status: { details: { kind: 'configmaps' } },
    });
    expect(refused.error.message).toContain('cannot watch resource "configmaps"');
    await scene.server.allow(scene.namespace, ['list', 'watch']);
    await scene.create('b');
    await scene.agreement(reflection);
    expect(reflection.requests.filter(({ verb }) => verb === 'list')).toHaveLength(1);
    expect(reflection.replacements).toBe(1);
  });

  it('needs no permission to list where the list is a stream, and waits for it where it is not', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.create('a');
    const kubeConfig = await scene.server.makeUser(scene.namespace);
    await scene.server.allow(scene.namespace, ['watch']);
    const reflection = scene.reflect(scene.configMaps({}, kubeConfig));
    if (streamingLists) {
      await reflection.synced();
      expect(reflection.interruptions).toEqual([]);
    } else {
      const refused = await reflection.interruption(({ attempt }) => attempt === 2);
      expect(refused).toMatchObject({ phase: 'listing', error: { reason: 'Forbidden', code: 403 } });
      expect(reflection.store.snapshot$.value.synced).toBe(false);
    }
    await scene.server.allow(scene.namespace, ['list', 'watch']);
    await reflection.synced();
    await scene.create('b');
    await reflection.holds(scene.key('b'));
    await scene.agreement(reflection);
  });

  it.for([
    ['a KubeConfig of client-node', byKubeConfig],
    ['a kubeconfig', byLoadedKubeConfig],
    ['a RestConfig', byRestConfig],
  ] as const)(
    'goes on where it was when the token of %s is refused and its file has a new one',
    async ([, by], test) => {
      const scene = await Scene.of(subject, test);
      await scene.create('a');
      const tokenFile = await temporaryFile(test, 'token');
      await writeFile(tokenFile, await scene.server.newToken(scene.namespace), { mode: 0o600 });
      const reflection = scene.reflect(await by(test, scene, tokenFile), { watchTimeout: { min: 2000, max: 2000 } });
      await reflection.synced();
      const token = await scene.server.newToken(scene.namespace);
      const refused = await reflection.interruption(({ error }) => error.reason === 'Unauthorized');
      expect(refused).toMatchObject({ phase: 'watching', error: { code: 401 } });
      await scene.change('a', { data: { k: 'unseen' } });
      expect(reflection.keys).toEqual([scene.key('a')]);
      await writeFile(tokenFile, token);
      await scene.create('b');
      await scene.agreement(reflection);
      expect(reflection.replacements).toBe(1);
      expect(reflection.interruptions.every(({ error }) => !error.message.includes(token))).toBe(true);
    },
  );
}

async function byKubeConfig(test: TestContext, scene: Scene, tokenFile: string): Promise<ListerWatcher<ConfigMap>> {
  return scene.configMaps({}, connectionTo(await kubeConfigFile(test, scene, tokenFile)));
}

async function byLoadedKubeConfig(
  test: TestContext,
  scene: Scene,
  tokenFile: string,
): Promise<ListerWatcher<ConfigMap>> {
  const files = await kubeConfigFile(test, scene, tokenFile);
  // The embedded server speaks plain http.
  const loaded = loadOwnKubeConfig({ files, allowInsecureCredentials: true });
  return listWatch<V1ConfigMap>(loaded, 'v1/configmaps', { namespace: scene.namespace });
}

async function kubeConfigFile(test: TestContext, scene: Scene, tokenFile: string): Promise<string> {
  const kubeconfig = await temporaryFile(test, 'kubeconfig');
  const { server, caData, skipTLSVerify } = clusterOf(scene);
  await writeFile(
    kubeconfig,
    JSON.stringify({
      'current-context': 'x',
      clusters: [
        {
          name: 'c',
          cluster: {
            server,
            ...(caData !== undefined && { 'certificate-authority-data': caData }),
            'insecure-skip-tls-verify': skipTLSVerify,
          },
        },
      ],
      users: [{ name: 'u', user: { tokenFile } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    }),
  );
  return kubeconfig;
}

function byRestConfig(_: TestContext, scene: Scene, tokenFile: string): Promise<ListerWatcher<ConfigMap>> {
  const { server, caData } = clusterOf(scene);
  const ca = caData === undefined ? undefined : Buffer.from(caData, 'base64').toString();
  const { namespace } = scene;
  const config = { server, tokenFile, ca, allowInsecureCredentials: server.startsWith('http:') };
  return Promise.resolve(listWatch<V1ConfigMap>(config, 'v1/configmaps', { namespace }));
}

function clusterOf(scene: Scene): Cluster {
  return loadKubeConfig(scene.server.kubeconfig).clusters[0]!;
}
