import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { lastValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { KubeError } from 'kuberx';
import { kubeHttpClient } from 'kuberx/client-node';
import { KubeConfigError } from 'kuberx/kubeconfig';
import { corpus } from '../kubeconfig/corpus/corpus.ts';
import type { KubeConfigCase, Received, Recorded } from '../kubeconfig/corpus/kubeconfig-case.ts';
import recordedJson from '../kubeconfig/recorded.json' with { type: 'json' };
import { type Scene, scene } from '../kubeconfig/scene.ts';
import { loaderDifferences } from './loader-differences.ts';

const recorded = recordedJson as unknown as Readonly<Record<string, Recorded>>;
const docs = readFileSync(path.join(import.meta.dirname, '../../docs/connections.md'), 'utf8');
const differences = Object.assign({}, ...Object.values(loaderDifferences)) as Readonly<
  Record<string, string | Received>
>;
const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

let stage: Scene;
let cases = 0;
beforeAll(async () => {
  stage = await scene();
});
afterAll(() => stage.end());

/** What came of a kubeconfig that client-node has loaded: the reason of the error, or what the server received. */
async function outcomeOf(given: KubeConfigCase): Promise<string | Received> {
  const directory = stage.lay(given);
  const { kubeconfig = ['config'], context } = given;
  const files = kubeconfig.map((name) => (name === '' ? '' : path.join(directory, name)));
  for (const name of proxyVariables) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', directory);
  vi.stubEnv('KUBECONFIG', files.length > 0 ? files.join(path.delimiter) : undefined);
  vi.stubEnv('PATH', `${path.join(directory, 'bin')}${path.delimiter}${process.env['PATH']}`);
  for (const [name, value] of Object.entries(stage.env(given))) vi.stubEnv(name, value);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  stage.received.length = 0;
  try {
    const kubeConfig = loaded(directory);
    if (kubeConfig === undefined) return 'not loaded';
    if (context !== undefined) kubeConfig.setCurrentContext(context);
    const asked = { resource: 'version', method: 'GET', path: '/version', headers: {} } as const;
    // Other deadlines are other connections: a kept one would go through no proxy.
    cases += 1;
    await lastValueFrom(kubeHttpClient(kubeConfig, { idleTimeout: 90_000 + cases })(asked));
  } catch (error) {
    if (!(error instanceof KubeConfigError || error instanceof KubeError)) throw error;
    return error.reason;
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
  return JSON.parse(stage.masked(JSON.stringify(stage.received[0]), directory)) as Received;
}

function loaded(directory: string): KubeConfig | undefined {
  const kubeConfig = new KubeConfig();
  try {
    kubeConfig.loadFromDefault();
  } catch {
    return undefined;
  }
  // client-node starts relative commands in the directory of the process. The rest of plugins can be compared.
  for (const { exec } of kubeConfig.users as { exec?: { command?: string } }[])
    if (exec?.command?.includes('/')) exec.command = path.resolve(directory, exec.command);
  return kubeConfig;
}

/** What kuberx does with the same kubeconfig, where it loads it itself. */
function expectedOf({ name, refused, differs }: KubeConfigCase): string | Received {
  return differs?.kuberx ?? refused ?? recorded[name]!.get.received[0]!;
}

describe.each(Object.entries(corpus))('a KubeConfig of client-node, %s', (_, ofTopic) => {
  it.each(ofTopic)('does with $name what loadKubeConfig does, or what the docs say', async (given) => {
    expect(await outcomeOf(given)).toEqual(differences[given.name] ?? expectedOf(given));
  });
});

describe('What client-node loads otherwise', () => {
  it('is what the docs name, and differs', () => {
    const [, section = ''] = /^## What client-node loads otherwise$(.*?)^## /ms.exec(docs) ?? [];
    const named = [...section.matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, title]) => title);
    expect(named.sort()).toEqual(Object.keys(loaderDifferences).sort());
    for (const given of Object.values(corpus).flat())
      if (given.name in differences) expect(differences[given.name], given.name).not.toEqual(expectedOf(given));
  });
});
